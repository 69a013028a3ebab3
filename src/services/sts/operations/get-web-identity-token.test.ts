import assert from "node:assert/strict";
import { test } from "node:test";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import { allow, policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { credentialsIn, served } from "../../../../test/support/served.ts";
import { organizationOf } from "../../organizations/organization/organization.ts";
import { iamArn, openSts, trusting, trustingAccount } from "../sts.fixture.ts";

const day = 24 * 60 * 60 * 1000;
const Audience = ["https://api.example.com"];
const namespace = "https://sts.amazonaws.com/";
const mayGetTokens = allow(["sts:GetWebIdentityToken", "sts:TagGetWebIdentityToken"]);

/** Verifies a token as others do who know its issuer only. */
async function verify(token: string, issuer: string, now: Date): Promise<JWTPayload & Record<string, unknown>> {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { issuer: named, jwks_uri: keys } = (await discovery.json()) as { issuer: string; jwks_uri: string };
  assert.equal(named, issuer);
  const verified = await jwtVerify(token, createRemoteJWKSet(new URL(keys)), { issuer: named, currentDate: now });
  return verified.payload;
}

for (const kind of databases()) {
  async function setUp() {
    const context = await openSts(kind);
    const { IssuerIdentifier: issuer } = await context.root.iam.enableOutboundWebIdentityFederation({});
    return { context, issuer: issuer! };
  }

  test(`GetWebIdentityToken gives a role's session a token that its issuer's keys verify (${kind.name})`, async () => {
    const { context, issuer } = await setUp();
    await using _ = context;
    const trust = [trusting({ AWS: iamArn("root") }, ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"])];
    const tags = {
      Tags: [
        { Key: "team", Value: "of the role" },
        { Key: "env", Value: "prod" },
      ],
    };
    const role = await context.role("worker", trust, { Path: "/jobs/", ...tags });
    const PolicyDocument = policy(mayGetTokens);
    await context.root.iam.putRolePolicy({ RoleName: "worker", PolicyName: "p", PolicyDocument });
    const mary = await context.user("mary", { statements: [allow(["sts:*"])] });
    const assumed = await mary.sts.assumeRole({
      ...{ RoleArn: role.arn, RoleSessionName: "job", SourceIdentity: "mary" },
      Tags: [{ Key: "Team", Value: "of the session" }],
    });
    const { sts } = context.as(credentialsIn(assumed));
    const now = Math.floor(context.clock.now().getTime() / 1000);
    for (const SigningAlgorithm of ["RS256", "ES384"]) {
      const { WebIdentityToken: token, Expiration } = await sts.getWebIdentityToken({
        ...{ Audience, SigningAlgorithm, DurationSeconds: 600 },
        Tags: [{ Key: "job-id", Value: "7" }],
      });
      const { jti, ...claims } = await verify(token!, issuer, context.clock.now());
      assert.match(jti ?? "", /^[0-9a-f-]{36}$/);
      const { id, rootId } = organizationOf(testAccount, "aws");
      assert.deepEqual(claims, {
        iss: issuer,
        aud: Audience[0],
        sub: role.arn,
        iat: now,
        exp: now + 600,
        [namespace]: {
          aws_account: testAccount,
          source_region: testRegion,
          org_id: id,
          ou_path: [`${id}/${rootId}/`],
          principal_id: role.arn,
          principal_tags: { env: "prod", Team: "of the session" },
          request_tags: { "job-id": "7" },
          original_session_exp: assumed.Credentials!.Expiration!.toISOString().replace(".000", ""),
          source_identity: "mary",
        },
      });
      assert.equal(Expiration?.getTime(), (now + 600) * 1000);
      const { kid, ...header } = decodeProtectedHeader(token!);
      assert.deepEqual([typeof kid, header], ["string", { typ: "JWT", alg: SigningAlgorithm }]);
    }
    assert.deepEqual(context.failures, []);
  });

  test(`GetWebIdentityToken gives users a token for five minutes and several audiences (${kind.name})`, async () => {
    const { context, issuer } = await setUp();
    await using _ = context;
    const mary = await context.user("mary", { statements: [mayGetTokens] });
    const many = ["https://a.example.com", "b"];
    const { WebIdentityToken: token } = await mary.sts.getWebIdentityToken({
      Audience: many,
      SigningAlgorithm: "ES384",
    });
    const { aud, sub, iat = 0, exp = 0, [namespace]: own } = await verify(token!, issuer, context.clock.now());
    assert.deepEqual([aud, sub, exp - iat], [many, mary.arn, 300]);
    const { aws_account, principal_id, ...rest } = own as Record<string, unknown>;
    assert.deepEqual([aws_account, principal_id], [testAccount, mary.arn]);
    assert.deepEqual(Object.keys(rest).sort(), ["org_id", "ou_path", "source_region"]);
  });

  test(`GetWebIdentityToken's keys are replaced, and every token is verified until it expires (${kind.name})`, async () => {
    const { context, issuer } = await setUp();
    await using _ = context;
    const { clock, plane, root } = context;
    const get = async () =>
      (await root.sts.getWebIdentityToken({ Audience, SigningAlgorithm: "ES384", DurationSeconds: 3600 }))
        .WebIdentityToken!;
    const kidOf = (token: string) => decodeProtectedHeader(token).kid;
    const published = async () => {
      const response = await fetch(`${issuer}/.well-known/jwks.json`);
      const { keys } = (await response.json()) as { keys: { kid: string; d?: string }[] };
      assert.ok(keys.every((key) => key.d === undefined));
      return keys.map(({ kid }) => kid);
    };
    const first = await get();
    assert.equal((await published()).length, 2);
    clock.advance(29 * day);
    await plane.purge();
    assert.equal((await published()).length, 4, "the next keys are published before they sign");
    // The SDK's clients sign with the present time.
    const records = plane.iam.tokenIssuers;
    const { signingKey } = await import("../../iam/index.ts");
    const ofKind = async () => (await records.keys.list(testAccount)).filter(({ algorithm }) => algorithm === "ES384");
    const signing = async () => signingKey(await records.keys.list(testAccount), "ES384", clock.now())?.id;
    assert.equal(await signing(), kidOf(first));
    clock.advance(day);
    const second = await signing();
    assert.notEqual(second, kidOf(first));
    assert.ok((await published()).includes(kidOf(first)!), "its last token may still be used");
    clock.advance(day);
    assert.ok(!(await published()).includes(kidOf(first)!));
    await plane.purge();
    assert.deepEqual(
      (await ofKind()).map(({ id }) => id),
      [second],
    );
  });
}

test("GetWebIdentityToken refuses what AWS refuses", async (t) => {
  await using context = await openSts();
  const { root } = context;
  const input = { Audience, SigningAlgorithm: "ES384" };
  await t.test("before the account enabled it, and after it disabled it", async () => {
    const disabled = { name: "OutboundWebIdentityFederationDisabledException", $metadata: { httpStatusCode: 403 } };
    await assert.rejects(root.sts.getWebIdentityToken(input), (error: typeof disabled) => {
      assert.deepEqual([error.name, error.$metadata.httpStatusCode], [disabled.name, 403]);
      return true;
    });
    await root.iam.enableOutboundWebIdentityFederation({});
    const { WebIdentityToken: token } = await root.sts.getWebIdentityToken(input);
    await root.iam.disableOutboundWebIdentityFederation({});
    await assert.rejects(root.sts.getWebIdentityToken(input), { name: disabled.name });
    assert.ok(await verify(token!, decodeJwt(token!).iss!, context.clock.now()), "earlier tokens stay good");
    await root.iam.enableOutboundWebIdentityFederation({});
  });
  await t.test("members of another form", async () => {
    const cases: readonly (readonly [object, RegExp])[] = [
      [{ DurationSeconds: 59 }, /Value '59' at 'durationSeconds' failed .*greater than or equal to 60/],
      [{ DurationSeconds: 3601 }, /Value '3601' at 'durationSeconds' failed .*less than or equal to 3600/],
      [{ SigningAlgorithm: "RS384" }, /Value 'RS384' at 'signingAlgorithm'.*: \[ES384, RS256\]/],
      [{ Audience: Array(11).fill("a") }, /'audience' failed/],
      [{ Scope: "read" }, /Scope can be specified only when/],
      [{ SubjectMode: "OriginIdentity" }, /trusted identity propagation context/],
      [{ SubjectMode: "Other" }, /'subjectMode' failed/],
    ];
    for (const [more, message] of cases) {
      await assert.rejects(root.sts.getWebIdentityToken({ ...input, ...more }), { name: "ValidationError", message });
    }
    const Tags = [
      { Key: "a", Value: "1" },
      { Key: "A", Value: "2" },
    ];
    await assert.rejects(root.sts.getWebIdentityToken({ ...input, Tags }), { name: "InvalidParameterValue" });
  });
  await t.test("too many tags for a token", async () => {
    const Tags = Array.from({ length: 50 }, (_, index) => ({
      Key: `${index}`.padEnd(128, "k"),
      Value: "v".repeat(256),
    }));
    await assert.rejects(root.sts.getWebIdentityToken({ ...input, Tags }), { name: "JWTPayloadSizeExceededException" });
  });
  await t.test("callers whose policies do not allow it", async () => {
    const mary = await context.user("mary", {
      statements: [
        {
          ...allow(["sts:GetWebIdentityToken"]),
          Condition: {
            "ForAllValues:StringEquals": { "sts:IdentityTokenAudience": Audience },
            StringEquals: { "sts:SigningAlgorithm": "ES384" },
            NumericLessThanEquals: { "sts:DurationSeconds": "300" },
          },
        },
      ],
    });
    const message = `User: ${mary.arn} is not authorized to perform: sts:GetWebIdentityToken because no identity-based policy allows the sts:GetWebIdentityToken action`;
    assert.ok((await mary.sts.getWebIdentityToken({ ...input, DurationSeconds: 300 })).WebIdentityToken);
    // The default is no value that the caller sent.
    await assert.rejects(mary.sts.getWebIdentityToken(input), { name: "AccessDenied", message });
    for (const more of [{ SigningAlgorithm: "RS256" }, { DurationSeconds: 301 }, { Audience: ["other"] }]) {
      await assert.rejects(mary.sts.getWebIdentityToken({ ...input, DurationSeconds: 300, ...more }), { message });
    }
    const tagged = { ...input, DurationSeconds: 300, Tags: [{ Key: "a", Value: "b" }] };
    await assert.rejects(mary.sts.getWebIdentityToken(tagged), { message: /perform: sts:TagGetWebIdentityToken/ });
  });
  await t.test("a token that would outlive its session", async () => {
    const role = await context.role("short", [trustingAccount]);
    const PolicyDocument = policy(mayGetTokens);
    await root.iam.putRolePolicy({ RoleName: "short", PolicyName: "p", PolicyDocument });
    const bob = await context.user("bob", { statements: [allow(["sts:*"])] });
    const asked = { RoleArn: role.arn, RoleSessionName: "session", DurationSeconds: 900 };
    const { sts } = context.as(credentialsIn(await bob.sts.assumeRole(asked)));
    assert.ok(await sts.getWebIdentityToken({ ...input, DurationSeconds: 900 }));
    await assert.rejects(sts.getWebIdentityToken({ ...input, DurationSeconds: 901 }), {
      name: "SessionDurationEscalationException",
    });
  });
  await t.test("sessions of users", async () => {
    for (const made of [await root.sts.getSessionToken({}), await root.sts.getFederationToken({ Name: "fed" })]) {
      const { sts } = context.as(credentialsIn(made));
      const message = "Cannot call GetWebIdentityToken with session credentials";
      await assert.rejects(sts.getWebIdentityToken(input), { name: "AccessDenied", message });
    }
  });
  assert.deepEqual(context.failures, []);
});

test("another installation's roles are opened by GetWebIdentityToken's tokens, the own ones are not", async () => {
  await using here = await openSts();
  await using there = await openSts(undefined, { fetch: globalThis.fetch });
  const { IssuerIdentifier: issuer = "" } = await here.root.iam.enableOutboundWebIdentityFederation({});
  const { WebIdentityToken: token } = await here.root.sts.getWebIdentityToken({ Audience, SigningAlgorithm: "RS256" });
  const url = issuer.slice("http://".length);
  const open = async ({ root }: typeof there) => {
    await root.iam.createOpenIDConnectProvider({ Url: issuer, ClientIDList: Audience });
    const principal = { Federated: iamArn(`oidc-provider/${url}`) };
    const trust = {
      ...trusting(principal, "sts:AssumeRoleWithWebIdentity"),
      Condition: { StringEquals: { [`${url}:sub`]: iamArn("root") } },
    };
    await root.iam.createRole({ RoleName: "guest", AssumeRolePolicyDocument: policy(trust) });
    const RoleArn = iamArn("role/guest");
    return root.sts.assumeRoleWithWebIdentity({ RoleArn, RoleSessionName: "guest", WebIdentityToken: token! });
  };
  const answer = await open(there);
  assert.equal(answer.SubjectFromWebIdentityToken, iamArn("root"));
  await assert.rejects(open(here), { message: `No OpenIDConnect provider found in your account for ${issuer}` });
});

test("replicas on one database are one issuer", async () => {
  const database = await databases().at(-1)!.open();
  await using one = await served(database);
  await using other = await served({ ...database, async [Symbol.asyncDispose]() {} });
  const { IssuerIdentifier: issuer = "" } = await one.as().iam.enableOutboundWebIdentityFederation({});
  const input = { Audience, SigningAlgorithm: "ES384" };
  const { WebIdentityToken: token } = await other.as(other.root).sts.getWebIdentityToken(input);
  const { sub } = await verify(token!, issuer, one.clock.now());
  assert.equal(sub, iamArn("root"));
});

test("the issuer's documents are at the operator's address, and nothing else is", async () => {
  await using context = await openSts(undefined, { publicUrl: "https://sealift.example.com" });
  const { IssuerIdentifier: issuer = "" } = await context.root.iam.enableOutboundWebIdentityFederation({});
  assert.match(issuer, /^https:\/\/sealift\.example\.com\/_sealift\/oidc\/[0-9a-f-]{36}$/);
  const { pathname } = new URL(issuer);
  const get = (path: string, method = "GET") => fetch(`${context.endpoint}${path}`, { method });
  const found = await get(`${pathname}/.well-known/openid-configuration`);
  assert.deepEqual(await found.json(), {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ["id_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256", "ES384"],
    claims_supported: ["iss", "aud", "sub", "iat", "exp", "jti", namespace],
  });
  assert.equal(found.headers.get("cache-control"), "public, max-age=3600");
  const { WebIdentityToken: token } = await context.root.sts.getWebIdentityToken({
    Audience,
    SigningAlgorithm: "RS256",
  });
  assert.equal(decodeJwt(token!).iss, issuer);
  assert.equal((await get(`${pathname}/.well-known/jwks.json`, "HEAD")).status, 200);
  const unknown = pathname.replace(/[0-9a-f]$/, (last) => (last === "0" ? "1" : "0"));
  for (const path of [
    pathname,
    `${pathname}/.well-known/jwks`,
    `${unknown}/.well-known/jwks.json`,
    "/_sealift/oidc/x'/.well-known/jwks.json",
  ]) {
    assert.equal((await get(path)).status, 404, path);
  }
  assert.equal((await get(`${pathname}/.well-known/jwks.json`, "POST")).status, 404);
});
