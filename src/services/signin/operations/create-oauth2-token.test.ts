import assert from "node:assert/strict";
import { test } from "node:test";
import { Signin } from "@aws-sdk/nested-clients/signin";
import { allow } from "../../../../test/support/clients.ts";
import { databases } from "../../../../test/support/databases.ts";
import { testAccount } from "../../../../test/support/in-process.ts";
import { authorize, newWish, programKey, sameDevice, signIn, takeToken } from "../../../../test/support/sign-in.ts";
import { until } from "../../../../test/support/until.ts";
import { iamArn, openSts } from "../../sts/sts.fixture.ts";
import { beginSession, identified } from "../authorization/begin-session.ts";

const minutes = 60_000;
const callback = "http://127.0.0.1:40123/oauth/callback";
const local = allow(
  ["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"],
  ["arn:aws:signin:*:*:oauth2/public-client/*"],
);

for (const kind of databases()) {
  test(`CreateOAuth2Token gives credentials with the permissions of who signed in, and renews them (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { clock } = context;
    const ann = await context.user("ann", { statements: [allow(["iam:GetUser", "ssm:DescribeParameters"])] });
    const token = await signIn(context, ann.credentials);
    assert.deepEqual([token.status, token.tokenType, token.expiresIn], [200, "aws_sigv4", 900]);
    assert.equal(JSON.parse(Buffer.from(token.idToken.split(".")[1], "base64url").toString()).sub, ann.arn);
    const session = context.as(token.accessToken);
    assert.equal((await session.sts.getCallerIdentity({})).Arn, ann.arn);
    assert.equal(
      (await session.iam.getUser({})).User?.UserName,
      "ann",
      "IAM too, which sessions of GetSessionToken may not",
    );
    await session.ssm.describeParameters({});
    await assert.rejects(session.ssm.getParameter({ Name: "a" }), { name: "AccessDeniedException" });
    clock.advance(15 * minutes);
    await assert.rejects(session.sts.getCallerIdentity({}), { name: "ExpiredToken" });
    const { refreshToken } = token;
    const renewed = await takeToken(context, { grantType: "refresh_token", refreshToken });
    assert.equal((await context.as(renewed.accessToken).sts.getCallerIdentity({})).Arn, ann.arn);
    assert.equal(renewed.idToken, undefined);
    clock.advance(12 * 60 * minutes - 20 * minutes);
    const last = await takeToken(context, { grantType: "refresh_token", refreshToken: renewed.refreshToken });
    assert.equal(last.expiresIn, 300, "as long as the session");
    clock.advance(5 * minutes);
    const late = await takeToken(context, { grantType: "refresh_token", refreshToken: last.refreshToken });
    assert.deepEqual([late.status, late.error], [400, "TOKEN_EXPIRED"]);
    assert.deepEqual(context.failures, []);
  });

  test(`CreateOAuth2Token gives nothing twice, and ends a session whose token comes twice (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { verifier, wish } = newWish();
    const { code } = await authorize(context, wish, context.rootCredentials);
    const input = { grantType: "authorization_code", code: code!, codeVerifier: verifier, redirectUri: "/console/" };
    const refused = [
      { codeVerifier: "x".repeat(43) },
      { redirectUri: callback },
      { clientId: "arn:aws:signin:::devtools/cross-device" },
      { code: "x".repeat(43) },
    ];
    for (const change of refused) {
      assert.equal((await takeToken(context, { ...input, ...change })).status, 400, JSON.stringify(change));
    }
    const [one, other] = await Promise.all([takeToken(context, input), takeToken(context, input)]);
    const winner = one.status === 200 ? one : other;
    assert.deepEqual([one.status, other.status].toSorted(), [200, 400]);
    const after = await takeToken(context, { grantType: "refresh_token", refreshToken: winner.refreshToken });
    assert.equal(after.error, "TOKEN_EXPIRED", "the session ended with the second use of its code");
    const next = await signIn(context, context.rootCredentials);
    const renew = { grantType: "refresh_token", refreshToken: next.refreshToken };
    const renewed = await takeToken(context, renew);
    assert.equal((await takeToken(context, renew)).error, "TOKEN_EXPIRED");
    const stolen = await takeToken(context, { grantType: "refresh_token", refreshToken: renewed.refreshToken });
    assert.equal(stolen.error, "TOKEN_EXPIRED");
    const { code: old } = await authorize(context, wish, context.rootCredentials);
    context.clock.advance(10 * minutes);
    assert.equal((await takeToken(context, { ...input, code: old! })).error, "AUTHCODE_EXPIRED");
    await context.plane.purge();
    assert.deepEqual(context.failures, []);
  });

  test(`CreateOAuth2Token binds a program's session to its key, and forgives programs that share it (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { clock } = context;
    const ann = await context.user("ann", { statements: [local] });
    const { verifier, wish } = newWish(callback);
    const { code } = await authorize(context, wish, ann.credentials);
    const input = { grantType: "authorization_code", code: code!, codeVerifier: verifier, redirectUri: callback };
    const key = programKey();
    const wrong = [
      undefined,
      "x.y.z",
      key.proof(context, { htu: "http://127.0.0.1:1/v1/token" }),
      key.proof(context, { htm: "GET" }),
      key.proof(context, { iat: 1 }),
      key.proof(context, { jti: "" }),
      `${key.proof(context).slice(0, -20)}AAAAAAAAAAAAAAAAAAAA`,
    ];
    for (const proof of wrong) {
      const { status, error } = await takeToken(context, input, proof);
      assert.deepEqual([status, error], [400, "INVALID_REQUEST"], proof);
    }
    const token = await takeToken(context, input, key.proof(context));
    assert.equal((await context.as(token.accessToken).sts.getCallerIdentity({})).Arn, ann.arn);
    const renew = { grantType: "refresh_token", refreshToken: token.refreshToken };
    assert.equal((await takeToken(context, renew)).error, "INVALID_REQUEST");
    assert.equal((await takeToken(context, renew, programKey().proof(context))).error, "INVALID_REQUEST");
    const proof = key.proof(context);
    const first = await takeToken(context, renew, proof);
    const second = await takeToken(context, renew, key.proof(context));
    assert.deepEqual([first.status, second.status], [200, 200], "two programs at once");
    for (const { refreshToken } of [first, second]) {
      const again = await takeToken(context, { grantType: "refresh_token", refreshToken }, key.proof(context));
      assert.equal(again.status, 200);
    }
    clock.advance(2 * minutes);
    assert.equal((await takeToken(context, renew, key.proof(context))).error, "TOKEN_EXPIRED");
    assert.deepEqual(context.failures, []);
  });

  test(`CreateOAuth2Token ends with the credential that was shown, and asks programs for a permission (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { root } = context;
    const ann = await context.user("ann", { statements: [local] });
    const token = await signIn(context, ann.credentials);
    const UserName = "ann";
    const AccessKeyId = ann.credentials.accessKeyId;
    await root.iam.updateAccessKey({ UserName, AccessKeyId, Status: "Inactive" });
    const renewed = await takeToken(context, { grantType: "refresh_token", refreshToken: token.refreshToken });
    assert.equal(renewed.error, "USER_CREDENTIALS_CHANGED");
    await root.iam.updateAccessKey({ UserName, AccessKeyId, Status: "Active" });
    const { verifier, wish } = newWish(callback);
    const { code } = await authorize(context, wish, ann.credentials);
    await root.iam.deleteUserPolicy({ UserName, PolicyName: "p" });
    const key = programKey();
    const input = { grantType: "authorization_code", code: code!, codeVerifier: verifier, redirectUri: callback };
    const denied = await takeToken(context, input, key.proof(context));
    assert.deepEqual(
      [denied.error, denied.message],
      [
        "INSUFFICIENT_PERMISSIONS",
        `User: ${iamArn("user/ann")} is not authorized to perform: signin:CreateOAuth2Token on resource: arn:aws:signin:us-east-1:111122223333:oauth2/public-client/localhost because no identity-based policy allows the signin:CreateOAuth2Token action`,
      ],
    );
    assert.deepEqual(context.failures, []);
  });
}

test("CreateOAuth2Token ends a session of the first account's root user whose access key was replaced", async () => {
  await using context = await openSts();
  const { verifier, wish } = newWish();
  const principal = { kind: "root", arn: iamArn("root"), account: testAccount, userId: testAccount } as const;
  const taken = async (accessKeyId: string) => {
    const who = identified(principal, { kind: "access-key", accessKeyId }, context.clock.now());
    const code = await beginSession(context.plane.signin, wish, who);
    const input = { grantType: "authorization_code", code, codeVerifier: verifier, redirectUri: "/console/" };
    return (await takeToken(context, input)).error;
  };
  assert.equal(await taken(context.rootCredentials.accessKeyId), undefined);
  assert.equal(await taken("AKIATESTROOT00000001"), "USER_CREDENTIALS_CHANGED");
  assert.deepEqual(context.failures, []);
});

test("CreateOAuth2Token refuses what is missing, too much or wrong in the SDK's own errors", async () => {
  await using context = await openSts();
  const { endpoint, region } = context;
  const client = new Signin({
    endpoint,
    region,
    credentials: { accessKeyId: "", secretAccessKey: "" },
    maxAttempts: 1,
  });
  const cases: readonly (readonly [object, RegExp])[] = [
    [{ grantType: "password" }, /grantType' failed to satisfy constraint/],
    [{ grantType: "refresh_token" }, /^refreshToken is required/],
    [{ grantType: "refresh_token", refreshToken: "a", code: "b" }, /^code cannot be used/],
    [{ grantType: "authorization_code", code: "b", redirectUri: "/console/" }, /^codeVerifier is required/],
  ];
  for (const [input, message] of cases) {
    const tokenInput = { clientId: sameDevice, ...input } as never;
    await assert.rejects(client.createOAuth2Token({ tokenInput }), {
      name: "ValidationException",
      error: "INVALID_REQUEST",
      message,
    });
  }
  const tokenInput = { clientId: sameDevice, grantType: "refresh_token", refreshToken: "unknown" };
  await assert.rejects(client.createOAuth2Token({ tokenInput }), {
    name: "AccessDeniedException",
    error: "TOKEN_EXPIRED",
  });
  const attribute = { AttributeKey: "EventName", AttributeValue: "CreateOAuth2Token" } as const;
  await until("the event of the unknown token, in the first account", async () => {
    const { Events = [] } = await context.root.cloudTrail.lookupEvents({ LookupAttributes: [attribute] });
    return Events.some(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? "").errorCode === "AccessDenied");
  });
  const bare = await fetch(`${endpoint}/v1/token`, { method: "POST", body: "{" });
  assert.deepEqual([bare.status, bare.headers.get("x-amzn-errortype")], [400, "SerializationException"]);
  const other = await fetch(`${endpoint}/v1/token?x-amz-client-auth-method=iam`, { method: "POST", body: "{}" });
  assert.equal(other.headers.get("x-amzn-errortype"), "MissingAuthenticationTokenException");
  assert.deepEqual(context.failures, []);
});
