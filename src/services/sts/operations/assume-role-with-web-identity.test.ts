import assert from "node:assert/strict";
import { test } from "node:test";
import { STS } from "@aws-sdk/client-sts";
import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { allow, policy } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { gitHubClaims, identityProvider } from "../../../../test/support/identity-provider.ts";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { systemClock } from "../../../clock.ts";
import type { OidcProviders } from "../index.ts";
import { iamArn, openSts } from "../sts.fixture.ts";

const host = "token.actions.githubusercontent.com";
const issuer = `https://${host}`;
const providerArn = iamArn(`oidc-provider/${host}`);
const RoleArn = iamArn("role/deploy");
const RoleSessionName = "actions";

const providers: OidcProviders = {
  findOidcProvider: async (account, url) =>
    account === testAccount && url === issuer ? { url: host, clientIds: ["other", "sts.amazonaws.com"] } : undefined,
};

function trust(condition: object = {}, actions: string | readonly string[] = "sts:AssumeRoleWithWebIdentity"): string {
  const principal = { Federated: providerArn };
  return policy({ Effect: "Allow", Principal: principal, Action: actions, Condition: condition });
}

async function setUp(kind = databases()[0]) {
  let now = () => systemClock.now();
  const provider = await identityProvider(issuer, () => now());
  const context = await openSts(kind, { oidcProviders: providers, fetch: provider.fetch });
  now = () => context.clock.now();
  const { iam } = context.root;
  // As a program without any credentials calls.
  const stranger = new STS({
    endpoint: context.endpoint,
    region: testRegion,
    maxAttempts: 1,
    credentials: () => Promise.reject(new Error("There are none")),
  });
  const make = (document = trust()) =>
    iam.createRole({ RoleName: "deploy", AssumeRolePolicyDocument: document }).then(({ Role }) => Role!.RoleId!);
  const roleId = await make();
  const assume = (WebIdentityToken: string, input: object = {}) =>
    stranger.assumeRoleWithWebIdentity({ RoleArn, RoleSessionName, WebIdentityToken, ...input });
  const setTrust = (document: string) => iam.updateAssumeRolePolicy({ RoleName: "deploy", PolicyDocument: document });
  return { context, provider, iam, stranger, assume, setTrust, make, roleId };
}

for (const kind of databases()) {
  test(`AssumeRoleWithWebIdentity gives a session to whom GitHub's token names (${kind.name})`, async () => {
    const { context, provider, iam, assume, setTrust } = await setUp(kind);
    await using _ = context;
    await setTrust(
      trust({
        StringEquals: { [`${host}:aud`]: "sts.amazonaws.com", [`${host}:repository`]: "octo-org/octo-repo" },
        StringLike: { [`${host}:sub`]: "repo:octo-org/octo-repo:*" },
      }),
    );
    const PolicyDocument = policy({
      ...{ Effect: "Allow", Action: "ssm:PutParameter", Resource: "*" },
      Condition: {
        StringEquals: { [`${host}:sub`]: gitHubClaims.sub, "aws:FederatedProvider": providerArn },
        // A provider's own claims are for trust policies only.
        Null: { [`${host}:repository`]: "true" },
      },
    });
    await iam.putRolePolicy({ RoleName: "deploy", PolicyName: "p", PolicyDocument });
    const answer = await assume(await provider.token({ claims: gitHubClaims }), { DurationSeconds: 900 });
    assert.deepEqual(
      [answer.Provider, answer.Audience, answer.SubjectFromWebIdentityToken, answer.PackedPolicySize],
      [providerArn, "sts.amazonaws.com", gitHubClaims.sub, undefined],
    );
    const { clock } = context;
    const expected = Math.floor(clock.now().getTime() / 1000) + 900;
    assert.equal(answer.Credentials!.Expiration!.getTime() / 1000, expected);
    const session = context.as(credentialsIn(answer));
    const identity = await session.sts.getCallerIdentity({});
    assert.equal(identity.Arn, `arn:aws:sts::${testAccount}:assumed-role/deploy/actions`);
    assert.equal(answer.AssumedRoleUser?.Arn, identity.Arn);
    assert.equal(answer.AssumedRoleUser?.AssumedRoleId, identity.UserId);
    await session.ssm.putParameter({ Name: "p", Type: "String", Value: "v" });
    await assert.rejects(session.ssm.getParameter({ Name: "p" }), { name: "AccessDeniedException" });
  });

  test(`AssumeRoleWithWebIdentity is decided by the trust policy's conditions (${kind.name})`, async (t) => {
    const { context, provider, assume, setTrust } = await setUp(kind);
    await using _ = context;
    const equals = (key: string, value: string) => ({ StringEquals: { [`${host}:${key}`]: value } });
    const cases: readonly (readonly [string, string, JWTPayload, boolean])[] = [
      ["no condition", trust(), {}, true],
      ["another subject", trust(equals("sub", "repo:octo-org/other:ref:refs/heads/main")), {}, false],
      ["the audience", trust(equals("aud", "sts.amazonaws.com")), {}, true],
      ["the party that the token was issued to", trust(equals("aud", "other")), { azp: "other" }, true],
      [
        "every claim that AWS knows",
        trust(equals("job_workflow_ref", gitHubClaims.job_workflow_ref as string)),
        {},
        true,
      ],
      ["a claim that AWS does not know", trust(equals("run_id", "example-run-id")), {}, false],
      [
        "one of the token's methods",
        trust({ "ForAnyValue:StringEquals": { [`${host}:amr`]: "mfa" } }),
        { amr: ["pwd", "mfa"] },
        true,
      ],
      [
        "a method that it lacks",
        trust({ "ForAnyValue:StringEquals": { [`${host}:amr`]: "mfa" } }),
        { amr: ["pwd"] },
        false,
      ],
      ["the session's name", trust({ StringEquals: { "sts:RoleSessionName": "other" } }), {}, false],
      ["the wrong action", trust({}, "sts:AssumeRole"), {}, false],
      ["another provider", trust().replace(host, "accounts.google.com"), {}, false],
      ["the whole account", policy({ Effect: "Allow", Principal: { AWS: testAccount }, Action: "sts:*" }), {}, false],
    ];
    for (const [what, document, claims, isAllowed] of cases) {
      await t.test(what, async () => {
        await setTrust(document);
        const request = assume(await provider.token({ claims: { ...gitHubClaims, ...claims } }));
        if (isAllowed) return void credentialsIn(await request);
        await assert.rejects(request, {
          name: "AccessDenied",
          message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
        });
      });
    }
    await t.test("a role that is not there", async () => {
      const request = assume(await provider.token({ claims: gitHubClaims }), { RoleArn: `${RoleArn}2` });
      await assert.rejects(request, {
        name: "AccessDenied",
        message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
      });
    });
  });

  test(`AssumeRoleWithWebIdentity refuses tokens that prove nothing (${kind.name})`, async (t) => {
    const { context, provider, assume } = await setUp(kind);
    await using _ = context;
    const now = Math.floor(context.clock.now().getTime() / 1000);
    const token = (claims: Readonly<Record<string, unknown>>) =>
      provider.token({ claims: { ...gitHubClaims, ...claims } });
    const good = await token({});
    const [header, payload, signature] = good.split(".") as [string, string, string];
    const impostor = await identityProvider(issuer, () => context.clock.now());
    const changed = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payload, "base64url").toString()), sub: "x" }),
    );
    const hmac = await new SignJWT({ ...gitHubClaims, iss: issuer, exp: now + 60 })
      .setProtectedHeader({ alg: "HS256", kid: "key-1" })
      .sign(Buffer.from("a secret that everybody knows, of 32 bytes"));
    const cases: readonly (readonly [string, string | Promise<string>, string, string | RegExp])[] = [
      [
        "no JWT",
        "an-access-token",
        "InvalidIdentityTokenException",
        /^The ID Token provided is not a valid JWT\. \(You may/,
      ],
      ["four parts", `${good}.x`, "InvalidIdentityTokenException", /not valid|not a valid JWT/],
      [
        "an array for a payload",
        `${header}.${Buffer.from("[]").toString("base64url")}.${signature}`,
        "InvalidIdentityTokenException",
        /not a valid JWT/,
      ],
      [
        "an issuer that nobody registered",
        token({ iss: "https://example.com" }),
        "InvalidIdentityTokenException",
        "No OpenIDConnect provider found in your account for https://example.com",
      ],
      [
        "an issuer that is none",
        token({ iss: "x'\"; drop" }),
        "InvalidIdentityTokenException",
        "The claim iss is no URL",
      ],
      ["another audience", token({ aud: "api://x" }), "InvalidIdentityTokenException", "Incorrect token audience"],
      [
        "a good audience for another party",
        token({ azp: "x" }),
        "InvalidIdentityTokenException",
        "Incorrect token audience",
      ],
      ["no audience", token({ aud: undefined }), "InvalidIdentityTokenException", "Missing a required claim: aud"],
      ["no subject", token({ sub: undefined }), "InvalidIdentityTokenException", "Missing a required claim: sub"],
      ["an endless subject", token({ sub: "s".repeat(256) }), "InvalidIdentityTokenException", /more than 255/],
      ["no expiration", token({ exp: undefined }), "InvalidIdentityTokenException", "Missing a required claim: exp"],
      [
        "an expired one",
        token({ exp: now }),
        "ExpiredTokenException",
        `Token expired: current date/time ${now} must be before the expiration date/time${now}`,
      ],
      ["one long expired", token({ exp: 1 }), "ExpiredTokenException", /expiration date\/time1$/],
      ["one for later", token({ nbf: now + 3600 }), "InvalidIdentityTokenException", "The token is not valid yet"],
      [
        "another key's signature",
        impostor.token({ claims: gitHubClaims }),
        "InvalidIdentityTokenException",
        "The signature of the token is not valid",
      ],
      [
        "a changed claim",
        `${header}.${changed.toString("base64url")}.${signature}`,
        "InvalidIdentityTokenException",
        "The signature of the token is not valid",
      ],
      [
        "no signature",
        new UnsecuredJWT({ ...gitHubClaims, iss: issuer, exp: now + 60 }).encode(),
        "InvalidIdentityTokenException",
        /signed with one of RS256/,
      ],
      ["a shared secret's signature", hmac, "InvalidIdentityTokenException", /signed with one of RS256/],
      [
        "a key that nobody published",
        provider.token({ claims: gitHubClaims, kid: "none" }),
        "InvalidIdentityTokenException",
        /^Couldn't retrieve verification key from your identity provider, {2}please reference/,
      ],
    ];
    for (const [what, made, name, message] of cases) {
      await t.test(what, async () => assert.rejects(assume(await made), { name, message }));
    }
    await t.test("the account of another role", async () => {
      const request = assume(good, { RoleArn: "arn:aws:iam::444455556666:role/deploy" });
      await assert.rejects(request, { message: `No OpenIDConnect provider found in your account for ${issuer}` });
    });
    assert.deepEqual(context.failures, []);
  });

  test(`AssumeRoleWithWebIdentity takes tags and source identity from the token (${kind.name})`, async (t) => {
    const { context, provider, assume, setTrust, iam } = await setUp(kind);
    await using _ = context;
    const actions = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"];
    const nested = {
      "https://aws.amazon.com/tags": { principal_tags: { Team: ["a"], env: ["b"] }, transitive_tag_keys: ["Team"] },
      "https://aws.amazon.com/source_identity": "octocat",
    };
    const flat = {
      "https://aws.amazon.com/tags/principal_tags/Team": "a",
      "https://aws.amazon.com/tags/principal_tags/env": ["b"],
      "https://aws.amazon.com/tags/transitive_tag_keys": "Team",
    };
    const token = (claims: Readonly<Record<string, unknown>>) =>
      provider.token({ claims: { ...gitHubClaims, ...claims } });
    await assert.rejects(assume(await token(flat)), { name: "AccessDenied", message: /perform sts:TagSession$/ });
    await setTrust(trust({}, actions.slice(0, 2)));
    await assert.rejects(assume(await token(nested)), { message: /perform sts:SetSourceIdentity$/ });
    await setTrust(trust({ StringEquals: { "aws:RequestTag/Team": "a" } }, actions));
    const PolicyDocument = policy({
      ...{ Effect: "Allow", Action: "ssm:PutParameter", Resource: "*" },
      Condition: { StringEquals: { "aws:PrincipalTag/Team": "a", "aws:PrincipalTag/env": "b" } },
    });
    await iam.putRolePolicy({ RoleName: "deploy", PolicyName: "p", PolicyDocument });
    for (const [claims, sourceIdentity] of [
      [nested, "octocat"],
      [flat, undefined],
    ] as const) {
      const answer = await assume(await token(claims));
      assert.equal(answer.SourceIdentity, sourceIdentity);
      assert.ok((answer.PackedPolicySize ?? 0) > 0);
      const { ssm } = context.as(credentialsIn(answer));
      await ssm.putParameter({ Name: "p", Type: "String", Value: "v", Overwrite: true });
    }
    const tags = "https://aws.amazon.com/tags";
    const wrong: Record<string, JWTPayload> = {
      "tags that are a text": { [tags]: "Team" },
      "two values": { [tags]: { principal_tags: { Team: ["a", "b"] } } },
      "a number": { [tags]: { principal_tags: { Team: [1] } } },
      "a key twice": { [tags]: { principal_tags: { Team: ["a"], team: ["b"] } } },
      "a reserved key": { [tags]: { principal_tags: { "aws:x": ["a"] } } },
      "a transitive key without tag": { [tags]: { principal_tags: {}, transitive_tag_keys: ["x"] } },
      "51 tags": {
        [tags]: { principal_tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ["v"]])) },
      },
      "a source identity with blanks": { "https://aws.amazon.com/source_identity": "octo cat" },
    };
    for (const [what, claims] of Object.entries(wrong)) {
      await t.test(what, async () =>
        assert.rejects(assume(await token(claims)), { name: "IDPRejectedClaimException" }),
      );
    }
  });

  test(`AssumeRoleWithWebIdentity tells what its input lacks, and wants no signature (${kind.name})`, async () => {
    const { context, provider, stranger, iam } = await setUp(kind);
    await using _ = context;
    const token = await provider.token({ claims: gitHubClaims });
    const form = (fields: Record<string, string>) =>
      fetch(context.endpoint, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ Version: "2011-06-15", ...fields }).toString(),
      }).then(async (response) => [response.status, await response.text()] as const);
    const call = { Action: "AssumeRoleWithWebIdentity", RoleArn, RoleSessionName };
    const lacking = await form(call);
    assert.equal(lacking[0], 400);
    assert.match(lacking[1], /<Code>ValidationError<\/Code>.*webIdentityToken/s);
    assert.match(
      (await form({ ...call, WebIdentityToken: token, RoleSessionName: " " }))[1],
      /ValidationError.*roleSessionName/s,
    );
    assert.match((await form({ ...call, WebIdentityToken: "x".repeat(20_001) }))[1], /ValidationError.*20000/s);
    assert.match(
      (await form({ ...call, WebIdentityToken: token, ProviderId: "graph.facebook.com" }))[1],
      /InvalidIdentityToken.*OAuth 2.0/s,
    );
    assert.match((await form({ ...call, WebIdentityToken: token, RoleArn: "x".repeat(20) }))[1], /<Error>/);
    assert.equal((await form({ ...call, WebIdentityToken: token }))[0], 200);
    const query = new URLSearchParams({ Version: "2011-06-15", ...call, WebIdentityToken: token });
    assert.equal((await fetch(`${context.endpoint}/?${query}`)).status, 200);
    // Nothing else goes without a signature.
    for (const Action of ["GetCallerIdentity", "AssumeRole", "assumeRoleWithWebIdentity"]) {
      assert.match((await form({ ...call, Action, WebIdentityToken: token }))[1], /MissingAuthenticationToken/);
    }
    const twice = new URLSearchParams([
      ...Object.entries({ ...call, WebIdentityToken: token }),
      ["Action", "AssumeRole"],
    ]);
    const both = await fetch(context.endpoint, { method: "POST", body: `Version=2011-06-15&${twice}` });
    assert.equal(both.status, 200, "the first action counts");
    await iam.updateRole({ RoleName: "deploy", MaxSessionDuration: 3600 });
    const long = { RoleArn, RoleSessionName, WebIdentityToken: token, DurationSeconds: 3601 };
    await assert.rejects(stranger.assumeRoleWithWebIdentity(long), {
      message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    });
    const narrow = await stranger.assumeRoleWithWebIdentity({
      ...long,
      DurationSeconds: 900,
      Policy: policy(allow(["ssm:*"])),
    });
    assert.ok((narrow.PackedPolicySize ?? 0) > 0);
    assert.deepEqual(context.failures, []);
  });
}

test("AssumeRoleWithWebIdentity gives a session of the role that was authorised, whatever happens to it meanwhile", async (t) => {
  const { context, provider, iam, assume, setTrust, make, roleId } = await setUp();
  await using _ = context;
  const action = "sts:AssumeRoleWithWebIdentity";
  const untrusting = trust().replace(host, "accounts.google.com");
  const token = await provider.token({ claims: gitHubClaims });
  const denied = { name: "AccessDenied" };
  const idIn = ({ AssumedRoleUser }: Awaited<ReturnType<typeof assume>>) => AssumedRoleUser?.AssumedRoleId;

  await t.test("the trust policy is replaced", async () => {
    context.afterDecision(action, () => setTrust(untrusting));
    assert.equal(idIn(await assume(token)), `${roleId}:actions`);
    await assert.rejects(assume(token), denied, "the next request");
    await setTrust(trust());
  });
  await t.test("the role may be assumed for longer", async () => {
    context.afterDecision(action, () => iam.updateRole({ RoleName: "deploy", MaxSessionDuration: 7200 }));
    const message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
    await assert.rejects(assume(token, { DurationSeconds: 7200 }), { name: "ValidationError", message });
    assert.ok((await assume(token, { DurationSeconds: 7200 })).Credentials, "the next request");
  });
  await t.test("the role is made anew under its name", async () => {
    context.afterDecision(action, async () => {
      await iam.deleteRole({ RoleName: "deploy" });
      await make(untrusting);
      await iam.attachRolePolicy({ RoleName: "deploy", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    });
    const answer = await assume(token);
    assert.equal(idIn(answer), `${roleId}:actions`);
    const { ssm, sts } = context.as(credentialsIn(answer));
    await assert.rejects(ssm.describeParameters({}), { name: "AccessDeniedException" }, "the new role's permissions");
    await assert.rejects(sts.getCallerIdentity({}), { name: "InvalidClientTokenId" });
    await assert.rejects(assume(token), denied, "the next request");
  });
  assert.deepEqual(context.failures, []);
});
