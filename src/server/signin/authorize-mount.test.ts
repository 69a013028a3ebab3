import assert from "node:assert/strict";
import { test } from "node:test";
import { allow } from "../../../test/support/clients.ts";
import { databases } from "../../../test/support/databases.ts";
import { testAccount } from "../../../test/support/in-process.ts";
import { deviceOfUser } from "../../../test/support/mfa-device.ts";
import { credentialsIn } from "../../../test/support/served.ts";
import { authorize, newWish, sameDevice, signIn, takeToken } from "../../../test/support/sign-in.ts";
import { until } from "../../../test/support/until.ts";
import { iamArn, openSts, stsArn, trusting } from "../../services/sts/sts.fixture.ts";

const password = "Correct-horse-1";
const incorrect = "Your authentication information is incorrect. Please try again.";

/** A user with a password, and how she signs in. */
async function openUser(context: Awaited<ReturnType<typeof openSts>>, PasswordResetRequired = false) {
  await context.user("ann", { statements: [allow(["iam:ChangePassword", "iam:GetUser"])] });
  await context.root.iam.createLoginProfile({ UserName: "ann", Password: password, PasswordResetRequired });
  const { verifier, wish } = newWish();
  const form = { ...wish, accountId: testAccount, userName: "ann", password };
  return {
    send: (change: object = {}) => authorize(context, { ...form, ...change }),
    take: (code: string | undefined) =>
      takeToken(context, {
        grantType: "authorization_code",
        code: code ?? "",
        codeVerifier: verifier,
        redirectUri: "/console/",
      }),
  };
}

/** The events of attempts to sign in, or of another operation, newest first. */
async function logins(context: Awaited<ReturnType<typeof openSts>>, name = "ConsoleLogin") {
  const attribute = { AttributeKey: "EventName", AttributeValue: name } as const;
  const { Events = [] } = await context.root.cloudTrail.lookupEvents({ LookupAttributes: [attribute] });
  return Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? ""));
}

for (const kind of databases()) {
  test(`a user signs in with the password, and each attempt is an event (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { send, take } = await openUser(context);
    await context.root.iam.createAccountAlias({ AccountAlias: "acme" });
    for (const change of [
      { password: "wrong" },
      { userName: "nobody" },
      { accountId: "999999999999" },
      { accountId: "no-such" },
    ]) {
      const { status, error, message } = await send(change);
      assert.deepEqual([status, error, message], [400, "INVALID_REQUEST", incorrect], JSON.stringify(change));
    }
    const token = await take((await send({ accountId: "acme" })).code);
    const session = context.as(token.accessToken);
    assert.equal((await session.iam.getUser({})).User?.UserName, "ann");
    const [success, ...failures] = await logins(context);
    assert.deepEqual(success.userIdentity.arn, iamArn("user/ann"));
    assert.deepEqual(success.responseElements, { ConsoleLogin: "Success" });
    assert.equal(success.eventType, "AwsConsoleSignIn");
    assert.equal(success.additionalEventData.LoginTo, `${context.endpoint}/console/`);
    assert.deepEqual(
      failures.map(({ userIdentity, errorMessage }) => [userIdentity.userName, errorMessage]),
      [
        ["HIDDEN_DUE_TO_SECURITY_REASONS", "No username found in supplied account"],
        ["HIDDEN_DUE_TO_SECURITY_REASONS", "No username found in supplied account"],
        ["HIDDEN_DUE_TO_SECURITY_REASONS", "No username found in supplied account"],
        ["ann", "Failed authentication"],
      ],
    );
    await context.root.iam.updateLoginProfile({ UserName: "ann", Password: `${password}-new` });
    const { error } = await takeToken(context, { grantType: "refresh_token", refreshToken: token.refreshToken });
    assert.equal(error, "USER_CREDENTIALS_CHANGED");
    assert.deepEqual(context.failures, []);
  });

  test(`after five failures a user waits, and the right password waits too (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { send } = await openUser(context);
    for (let count = 0; count < 5; count++) assert.equal((await send({ password: "wrong" })).status, 400);
    const { status, error } = await send();
    assert.deepEqual([status, error], [429, "rate_exceeded"]);
    context.clock.advance(1_000);
    assert.equal((await send({ password: "wrong" })).status, 400);
    context.clock.advance(1_000);
    assert.equal((await send()).status, 429, "twice as long");
    context.clock.advance(1_000);
    assert.equal((await send()).status, 200);
    assert.equal((await send({ password: "wrong" })).status, 400, "a success forgets the failures");
    assert.deepEqual(context.failures, []);
  });

  test(`a user with a device shows its code, once, and the session tells that (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { send, take } = await openUser(context);
    const device = await deviceOfUser(context.root.iam, "ann", context.clock);
    assert.deepEqual((await send()).challenge, "MFA");
    assert.equal((await send({ mfaCode: "000000" })).message, incorrect);
    context.clock.advance(60_000);
    const mfaCode = device.code();
    const { code } = await send({ mfaCode });
    assert.equal((await send({ mfaCode })).message, incorrect);
    const token = await take(code);
    assert.ok(context.tokens.open(token.accessToken.sessionToken)?.principal.mfaAuthenticatedAt);
    const [, success] = await logins(context);
    assert.equal(success.additionalEventData.MFAUsed, "Yes");
    context.clock.advance(60_000);
    const weak = await send({ mfaCode: device.code(), newPassword: "x" });
    assert.match(weak.message ?? "", /^Password should have/);
    const better = await send({ mfaCode: device.code(), newPassword: `${password}-new` });
    assert.equal(better.status, 200, "the code is good for a better password");
    assert.deepEqual(context.failures, []);
  });

  test(`a password that must be changed is changed with ChangePassword, if the user may (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { send, take } = await openUser(context, true);
    assert.equal((await send()).challenge, "NEW_PASSWORD");
    const weak = await send({ newPassword: "x" });
    assert.equal(weak.status, 400);
    assert.match(weak.message ?? "", /^Password should have/);
    const newPassword = `${password}-new`;
    await context.root.iam.putUserPolicy({
      UserName: "ann",
      PolicyName: "p",
      PolicyDocument:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:ChangePassword","Resource":"*"}]}',
    });
    assert.match((await send({ newPassword })).message ?? "", /not authorized to perform: iam:ChangePassword/);
    await context.root.iam.deleteUserPolicy({ UserName: "ann", PolicyName: "p" });
    await context.root.iam.updateAccountPasswordPolicy({ AllowUsersToChangePassword: true });
    const { code } = await send({ newPassword });
    assert.equal((await take(code)).status, 200);
    const events = [...(await logins(context)), ...(await logins(context, "ChangePassword"))];
    const ids = new Set(events.map(({ eventID }) => eventID));
    assert.deepEqual([events.length, ids.size], [4, 4], "each event has an id of its own");
    assert.equal((await send()).message, incorrect);
    assert.equal((await send({ password: newPassword })).status, 200);
    await context.root.iam.updateAccountPasswordPolicy({ MaxPasswordAge: 1, HardExpiry: true });
    context.clock.advance(24 * 60 * 60_000);
    assert.match((await send({ password: newPassword })).message ?? "", /has expired/);
    assert.deepEqual(context.failures, []);
  });
}

test("who signs the request signs in as the same identity, and gains nothing", async () => {
  await using context = await openSts();
  const { root, clock } = context;
  const ann = await context.user("ann");
  const { wish } = newWish();
  const session = credentialsIn(await ann.sts.getSessionToken({}));
  const { error } = await authorize(context, wish, session);
  assert.equal(error, "INSUFFICIENT_PERMISSIONS", "it could not call IAM");
  const refusal = await until("its event", async () => (await logins(context, "AuthorizeOAuth2Access"))[0]);
  assert.deepEqual([refusal.errorCode, refusal.userIdentity.arn], ["AccessDenied", ann.arn]);
  const denied = await authorize(context, newWish("http://localhost:1/callback").wish, ann.credentials);
  assert.match(denied.message ?? "", /signin:AuthorizeOAuth2Access on resource: .*:oauth2\/public-client\/localhost/);
  const role = await context.role("r", [trusting({ AWS: iamArn("root") })]);
  await root.iam.putUserPolicy({
    UserName: "ann",
    PolicyName: "p",
    PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [allow(["sts:AssumeRole"])] }),
  });
  const assumed = credentialsIn(
    await ann.sts.assumeRole({ RoleArn: role.arn, RoleSessionName: "session", DurationSeconds: 900 }),
  );
  clock.advance(240_000);
  const token = await signIn(context, assumed);
  assert.equal(token.expiresIn, 660, "as long as the role's session");
  assert.equal((await context.as(token.accessToken).sts.getCallerIdentity({})).Arn, stsArn("assumed-role/r/session"));
  const again = await signIn(context, (await signIn(context, ann.credentials)).accessToken);
  assert.equal((await context.as(again.accessToken).sts.getCallerIdentity({})).Arn, ann.arn);
  const forbidden = allow(["signin:*"]);
  await root.iam.putUserPolicy({
    UserName: "ann",
    PolicyName: "p",
    PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ ...forbidden, Effect: "Deny" }] }),
  });
  assert.equal((await authorize(context, wish, ann.credentials)).error, "INSUFFICIENT_PERMISSIONS");
  assert.deepEqual(context.failures, []);
});

test("a browser is led to the console's page with what a program asks for, and nowhere else", async () => {
  await using context = await openSts();
  const { wish } = newWish();
  const query = {
    response_type: "code",
    client_id: sameDevice,
    state: "s",
    code_challenge_method: "SHA-256",
    scope: "openid",
    redirect_uri: "http://127.0.0.1:40123/oauth/callback",
    code_challenge: wish.codeChallenge,
  };
  const get = (change: object) =>
    fetch(`${context.endpoint}/v1/authorize?${new URLSearchParams({ ...query, ...change })}`, { redirect: "manual" });
  const { status, headers } = await get({});
  assert.equal(status, 302);
  const location = new URL(headers.get("location") ?? "", context.endpoint);
  assert.equal(location.pathname, "/console/sign-in");
  assert.deepEqual(Object.fromEntries(location.searchParams), query);
  const elsewhere = [
    { redirect_uri: "https://evil.example/callback" },
    { redirect_uri: "http://127.0.0.1.evil.example/callback" },
    { redirect_uri: "http://user@127.0.0.1:1/callback" },
    { redirect_uri: "https://127.0.0.1:1/callback" },
    { redirect_uri: "javascript:alert(1)" },
    { client_id: "arn:aws:signin:::devtools/cross-device" },
    { client_id: "other" },
    { code_challenge: "short" },
    { code_challenge_method: "plain" },
    { response_type: "token" },
  ];
  for (const change of elsewhere) {
    const { status, headers } = await get(change);
    assert.deepEqual([status, headers.get("location")], [400, null], JSON.stringify(change));
  }
  assert.deepEqual(context.failures, []);
});

test("a page of another origin cannot sign anybody in, and malformed input is refused by name", async () => {
  await using context = await openSts();
  const { wish } = newWish();
  const form = { ...wish, accountId: testAccount, userName: "ann", password };
  const post = async (headers: Readonly<Record<string, string>>, input: object = form) => {
    const body = JSON.stringify(input);
    const answer = await fetch(`${context.endpoint}/v1/authorize`, { method: "POST", headers, body });
    const { message } = Object(await answer.json());
    return [answer.status, message];
  };
  const json = { "content-type": "application/json" };
  for (const headers of [{ origin: "http://evil.example" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }]) {
    assert.deepEqual(await post({ ...json, ...headers }), [400, "A page of another origin may not sign in here"]);
  }
  assert.deepEqual(await post({ ...json, origin: context.endpoint }), [400, incorrect]);
  assert.match(String((await post({ "content-type": "text/plain" }))[1]), /application\/json/);
  for (const [change, message] of [
    [{ userName: "a\0" }, "userName is not valid"],
    [{ password: undefined }, "password is missing"],
    [{ mfaCode: "1" }, "mfaCode is not valid"],
    [{ newPassword: 1 }, "newPassword is not valid"],
    [{ clientId: "x" }, /^client_id is not/],
  ] as const) {
    const [status, told] = await post(json, { ...form, ...change });
    assert.equal(status, 400);
    if (typeof message === "string") assert.equal(told, message);
    else assert.match(String(told), message);
  }
  const huge = await fetch(`${context.endpoint}/v1/authorize`, {
    method: "POST",
    headers: json,
    body: "x".repeat(20_000),
  });
  assert.equal(huge.status, 400);
  assert.deepEqual(context.failures, []);
});
