import assert from "node:assert/strict";
import { test } from "node:test";
import { IAM } from "@aws-sdk/client-iam";
import { SSM } from "@aws-sdk/client-ssm";
import { STS } from "@aws-sdk/client-sts";
import type { HttpRequest } from "@smithy/types";
import { allow, policy } from "../../../test/support/clients.ts";
import { databases } from "../../../test/support/databases.ts";
import { testAccount } from "../../../test/support/in-process.ts";
import { type Credentials, credentialsIn } from "../../../test/support/served.ts";
import { iamArn, openSts, stsArn, trusting } from "./sts.fixture.ts";

for (const kind of databases()) {
  test(`requests that the SDK signed are their signer's (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { root } = context;
    assert.deepEqual(await identity(root), [iamArn("root"), testAccount]);
    const { User: user } = await root.iam.createUser({ UserName: "bob", Path: "/x/" });
    const { AccessKey: key } = await root.iam.createAccessKey({ UserName: "bob" });
    const bob = context.as({ accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" });
    assert.deepEqual(await identity(bob), [user?.Arn, user?.UserId]);

    const role = await context.role("r", [trusting({ AWS: user?.Arn })]);
    const PolicyDocument = policy(allow(["iam:GetRole"]));
    await root.iam.putRolePolicy({ RoleName: "r", PolicyName: "p", PolicyDocument });
    const assumed = await bob.sts.assumeRole({ RoleArn: role.arn, RoleSessionName: "session" });
    const session = context.as(credentialsIn(assumed));
    assert.deepEqual(await identity(session), [stsArn("assumed-role/r/session"), `${role.id}:session`]);
    assert.equal((await session.iam.getRole({ RoleName: "r" })).Role?.RoleName, "r");
    await assert.rejects(session.iam.deleteRole({ RoleName: "r" }), {
      name: "AccessDenied",
      message: `User: ${stsArn("assumed-role/r/session")} is not authorized to perform: iam:DeleteRole on resource: ${role.arn} because no identity-based policy allows the iam:DeleteRole action`,
    });
    await root.iam.deleteRolePolicy({ RoleName: "r", PolicyName: "p" });
    await root.iam.deleteRole({ RoleName: "r" });
    await assert.rejects(session.iam.getRole({ RoleName: "r" }), { name: "AccessDenied" });
  });

  test(`requests that nobody can have signed are refused in the protocol's words (${kind.name})`, async (t) => {
    await using context = await openSts(kind);
    const { clock, endpoint, region, root, rootCredentials } = context;
    const { credentials: bob, sts } = await context.user("bob");
    const session = credentialsIn(await sts.getSessionToken({ DurationSeconds: 900 }));
    assert.equal((await context.as(session).sts.getCallerIdentity({})).Arn, iamArn("user/bob"));
    const unknown = { query: "InvalidClientTokenId", json: "UnrecognizedClientException" };
    const wrong = { query: "SignatureDoesNotMatch", json: "InvalidSignatureException" };
    const { sessionToken: _, ...withoutToken } = session;
    const cases: [string, Credentials, typeof unknown][] = [
      ["an unknown key", { ...rootCredentials, accessKeyId: "AKIANONE" }, unknown],
      ["a wrong secret", { ...rootCredentials, secretAccessKey: "x" }, wrong],
      ["a wrong secret of a user", { ...bob, secretAccessKey: "x" }, wrong],
      ["a session's key without its token", withoutToken, unknown],
      ["a token with another's key", { ...rootCredentials, sessionToken: session.sessionToken }, unknown],
      ["a token that was changed", { ...session, sessionToken: flipped(session.sessionToken) }, unknown],
      ["a token that is none", { ...rootCredentials, sessionToken: "%" }, unknown],
    ];
    for (const [name, credentials, { query, json }] of cases) {
      await t.test(name, async () => {
        const clients = context.as(credentials);
        await assert.rejects(clients.sts.getCallerIdentity({}), { name: query });
        await assert.rejects(clients.ssm.getParameter({ Name: "a" }), { name: json });
      });
    }
    const config = { endpoint, region, credentials: rootCredentials, maxAttempts: 1 };
    await t.test("a session of GetSessionToken at IAM", () =>
      assert.rejects(context.as(session).iam.listUsers({}), { name: "InvalidClientTokenId" }),
    );
    await t.test("a body that was changed on the way", () => {
      const iam = changing(new IAM(config), (request) => {
        request.body = request.body.replace("ListUsers", "ListRoles");
      });
      return assert.rejects(iam.listUsers({}), { name: "SignatureDoesNotMatch" });
    });
    await t.test("a header that was changed on the way", () => {
      const ssm = changing(new SSM(config), (request) => {
        request.headers["x-amz-target"] = "AmazonSSM.DeleteParameter";
      });
      return assert.rejects(ssm.getParameter({ Name: "a" }), { name: "InvalidSignatureException" });
    });
    await t.test("no signature", () => {
      const unsigned = changing(new STS(config), (request) => {
        delete request.headers.authorization;
      });
      return assert.rejects(unsigned.getCallerIdentity({}), { name: "MissingAuthenticationToken" });
    });
    await t.test("a scope of another service", () => {
      const misled = new STS({ ...config, signingName: "sqs" } as object);
      return assert.rejects(misled.getCallerIdentity({}), {
        name: "InvalidAction",
        message: /Sealift does not serve "sqs"/,
      });
    });
    await t.test("an inactive key", async () => {
      await root.iam.updateAccessKey({ UserName: "bob", AccessKeyId: bob.accessKeyId, Status: "Inactive" });
      await assert.rejects(sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
    });
    await t.test("an expired session", async () => {
      clock.advance(900_000);
      await assert.rejects(context.as(session).sts.getCallerIdentity({}), {
        name: "ExpiredToken",
        message: "The security token included in the request is expired",
      });
    });
    assert.deepEqual(context.failures, []);
  });
}

async function identity({ sts }: { readonly sts: STS }) {
  const { Arn, UserId } = await sts.getCallerIdentity({});
  return [Arn, UserId];
}

/** A client whose requests are changed once they are signed. */
function changing<C extends IAM | SSM | STS>(client: C, change: (request: HttpRequest) => void): C {
  const { middlewareStack } = client as STS;
  middlewareStack.add(
    (next) => (args) => {
      change(args.request as HttpRequest);
      return next(args);
    },
    { step: "deserialize", priority: "high" },
  );
  return client;
}

function flipped(sessionToken: string): string {
  const bytes = Buffer.from(sessionToken, "base64");
  bytes[20]! ^= 1;
  return bytes.toString("base64");
}
