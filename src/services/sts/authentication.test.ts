import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { IAM } from "@aws-sdk/client-iam";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import { databases } from "../../../test/support/databases.ts";
import { testAccount } from "../../../test/support/in-process.ts";
import { fakeClock, systemClock } from "../../clock.ts";
import { dispatcher } from "../../front-door/dispatcher.ts";
import { serve } from "../../front-door/service.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import { jsonProtocol } from "../../wire/json-protocol.ts";
import type { WireRequest } from "../../wire/protocol.ts";
import { authorizer, iamService, iamStore } from "../iam/index.ts";
import { authenticator, sessions, stsService } from "./index.ts";

const root = { accessKeyId: "test", secretAccessKey: "test" };

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

for (const kind of databases()) {
  /** Real SDK clients that sign by their own clock; the server's can be moved. */
  async function setUp() {
    const clock = fakeClock(systemClock.now().toISOString());
    const database = await kind.open();
    const rootKeyring = keyring(Buffer.alloc(32, 1));
    const store = iamStore(database, rootKeyring);
    const tokens = sessions({ keyring: rootKeyring, ids: randomIds });
    const json = serve(
      {
        signingName: "ssm",
        targetPrefix: "AmazonSSM",
        protocol: jsonProtocol(),
        violation: { code: "ValidationException", status: 400 },
        load: async () => ({ model: { limits: {}, exports: {} }, operations: [] }),
      },
      {},
    );
    const dispatch = dispatcher({
      services: [iamService({ store, ids: randomIds }), stsService({ iam: store, sessions: tokens }), json],
      partition: "aws",
      authenticate: authenticator({
        ...{ iam: store, sessions: tokens, clock, account: testAccount, partition: "aws" },
        rootKeys: () => [root],
      }),
      authorize: authorizer({ store }),
      now: () => clock.now(),
      requestId: randomIds.timedUuid,
      eventId: randomIds.timedUuid,
      audit: () => undefined,
      onAnswer: ({ cause }) => assert.equal(cause, undefined),
    });
    function options(credentials: Credentials, change: (request: WireRequest) => WireRequest = (request) => request) {
      return {
        region: "eu-west-1",
        endpoint: "http://localhost:4566",
        credentials,
        maxAttempts: 1,
        requestHandler: handler(dispatch, change),
      };
    }
    return { options, store, clock, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`requests that the SDK signed are their signer's (${kind.name})`, async () => {
    await using context = await setUp();
    const { options } = context;
    const asRoot = new IAM(options(root));
    assert.deepEqual(await identity(new STS(options(root))), [`arn:aws:iam::${testAccount}:root`, testAccount]);
    const { User: user } = await asRoot.createUser({ UserName: "bob", Path: "/x/" });
    const { AccessKey: key } = await asRoot.createAccessKey({ UserName: "bob" });
    const bob = { accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" };
    assert.deepEqual(await identity(new STS(options(bob))), [user?.Arn, user?.UserId]);

    const allow = { Effect: "Allow", Action: "iam:GetRole", Resource: "*" };
    const trust = { Effect: "Allow", Principal: { AWS: user?.Arn }, Action: "sts:AssumeRole" };
    const { Role: role } = await asRoot.createRole({
      RoleName: "r",
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: trust }),
    });
    await asRoot.putRolePolicy({
      RoleName: "r",
      PolicyName: "p",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: allow }),
    });
    const session = await sessionOf(new STS(options(bob)), role?.Arn ?? "");
    assert.deepEqual(await identity(new STS(options(session))), [
      `arn:aws:sts::${testAccount}:assumed-role/r/session`,
      `${role?.RoleId}:session`,
    ]);
    const asSession = new IAM(options(session));
    assert.equal((await asSession.getRole({ RoleName: "r" })).Role?.RoleName, "r");
    await assert.rejects(asSession.deleteRole({ RoleName: "r" }), {
      name: "AccessDenied",
      message: `User: arn:aws:sts::${testAccount}:assumed-role/r/session is not authorized to perform: iam:DeleteRole on resource: arn:aws:iam::${testAccount}:role/r because no identity-based policy allows the iam:DeleteRole action`,
    });
    await asRoot.deleteRolePolicy({ RoleName: "r", PolicyName: "p" });
    await asRoot.deleteRole({ RoleName: "r" });
    await assert.rejects(asSession.getRole({ RoleName: "r" }), { name: "AccessDenied" });
  });

  test(`requests that nobody can have signed are refused in the protocol's words (${kind.name})`, async (t) => {
    await using context = await setUp();
    const { options, clock } = context;
    const asRoot = new IAM(options(root));
    await asRoot.createUser({ UserName: "bob" });
    const { AccessKey: key } = await asRoot.createAccessKey({ UserName: "bob" });
    const bob = { accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" };
    const { Credentials: given } = await new STS(options(bob)).getSessionToken({ DurationSeconds: 900 });
    const session = {
      accessKeyId: given?.AccessKeyId ?? "",
      secretAccessKey: given?.SecretAccessKey ?? "",
      sessionToken: given?.SessionToken ?? "",
    };
    assert.equal((await new STS(options(session)).getCallerIdentity({})).Arn, `arn:aws:iam::${testAccount}:user/bob`);
    const cases: [string, Credentials, string, string][] = [
      ["an unknown key", { ...root, accessKeyId: "AKIANONE" }, "InvalidClientTokenId", "UnrecognizedClientException"],
      ["a wrong secret", { ...root, secretAccessKey: "x" }, "SignatureDoesNotMatch", "InvalidSignatureException"],
      [
        "a wrong secret of a user",
        { ...bob, secretAccessKey: "x" },
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
      ],
      [
        "a session's key without its token",
        { ...session, sessionToken: "" },
        "InvalidClientTokenId",
        "UnrecognizedClientException",
      ],
      [
        "a token with another's key",
        { ...root, sessionToken: session.sessionToken },
        "InvalidClientTokenId",
        "UnrecognizedClientException",
      ],
      [
        "a token that was changed",
        { ...session, sessionToken: flipped(session.sessionToken) },
        "InvalidClientTokenId",
        "UnrecognizedClientException",
      ],
      ["a token that is none", { ...root, sessionToken: "%" }, "InvalidClientTokenId", "UnrecognizedClientException"],
    ];
    for (const [name, { sessionToken, ...credentials }, query, json] of cases) {
      const signer = sessionToken ? { ...credentials, sessionToken } : credentials;
      await t.test(name, async () => {
        await assert.rejects(new STS(options(signer)).getCallerIdentity({}), { name: query });
        await assert.rejects(new SSM(options(signer)).getParameter({ Name: "a" }), { name: json });
      });
    }
    await t.test("a session of GetSessionToken at IAM", () =>
      assert.rejects(new IAM(options(session)).listUsers({}), { name: "InvalidClientTokenId" }),
    );
    await t.test("a body that was changed on the way", () => {
      const changed = options(root, (request) => ({ ...request, body: Buffer.from(`${request.body}&UserName=eve`) }));
      return assert.rejects(new IAM(changed).listUsers({}), { name: "SignatureDoesNotMatch" });
    });
    await t.test("no signature", () => {
      const unsigned = options(root, ({ headers: { authorization: _, ...headers }, ...rest }) => ({
        ...rest,
        headers,
      }));
      return assert.rejects(new STS(unsigned).getCallerIdentity({}), { name: "MissingAuthenticationToken" });
    });
    await t.test("a scope of another service", () => {
      const options_ = { ...options(root), signingName: "sqs" };
      return assert.rejects(new STS(options_ as object).getCallerIdentity({}), {
        name: "InvalidAction",
        message: /Sealift does not serve "sqs"/,
      });
    });
    await t.test("an inactive key", async () => {
      await asRoot.updateAccessKey({ UserName: "bob", AccessKeyId: bob.accessKeyId, Status: "Inactive" });
      await assert.rejects(new STS(options(bob)).getCallerIdentity({}), { name: "InvalidClientTokenId" });
    });
    await t.test("an expired session", async () => {
      clock.advance(900_000);
      await assert.rejects(new STS(options(session)).getCallerIdentity({}), {
        name: "ExpiredToken",
        message: "The security token included in the request is expired",
      });
    });
  });
}

async function identity(sts: STS) {
  const { Arn, UserId } = await sts.getCallerIdentity({});
  return [Arn, UserId];
}

async function sessionOf(sts: STS, RoleArn: string): Promise<Credentials> {
  const { Credentials: given } = await sts.assumeRole({ RoleArn, RoleSessionName: "session" });
  return {
    accessKeyId: given?.AccessKeyId ?? "",
    secretAccessKey: given?.SecretAccessKey ?? "",
    sessionToken: given?.SessionToken ?? "",
  };
}

function handler(dispatch: ReturnType<typeof dispatcher>, change: (request: WireRequest) => WireRequest) {
  return {
    // biome-ignore lint/suspicious/noExplicitAny: each SDK client types its own handler
    async handle(request: any) {
      const headers = Object.entries(request.headers as Record<string, string>);
      const answer = await dispatch(
        change({
          method: request.method,
          path: request.path,
          query: new URLSearchParams(request.query).toString(),
          headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
          body: Buffer.from(request.body ?? ""),
          remoteAddress: "127.0.0.1",
        }),
      );
      const body = new PassThrough();
      body.end(answer.body);
      return { response: { statusCode: answer.status, headers: answer.headers, body, reason: "" } };
    },
    // biome-ignore lint/suspicious/noExplicitAny: as above
  } as any;
}

function flipped(sessionToken: string): string {
  const bytes = Buffer.from(sessionToken, "base64");
  bytes[20]! ^= 1;
  return bytes.toString("base64");
}
