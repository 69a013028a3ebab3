import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { openSts } from "../sts.fixture.ts";

for (const kind of databases()) {
  test(`GetSessionToken gives the user's own session, and none to a session (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { clock, root, tokens } = context;
    const { arn, id, sts } = await context.user("bob");
    const answer = await sts.getSessionToken({ DurationSeconds: 900 });
    const credentials = credentialsIn(answer);
    const seconds = Math.floor(clock.now().getTime() / 1000);
    assert.deepEqual(answer.Credentials?.Expiration, new Date((seconds + 900) * 1000));
    const { Account } = await sts.getCallerIdentity({});
    assert.deepEqual(tokens.open(credentials.sessionToken)?.principal, {
      kind: "user",
      arn,
      account: Account,
      userId: id,
      userName: "bob",
      accessKeyId: credentials.accessKeyId,
      sessionIssuedAt: clock.now(),
      sessionExpiresAt: answer.Credentials?.Expiration,
    });
    await assert.rejects(context.as(credentials).sts.getSessionToken({}), {
      name: "AccessDenied",
      message: "Cannot call GetSessionToken with session credentials",
    });
    const ofRoot = await root.sts.getSessionToken({});
    assert.deepEqual(ofRoot.Credentials?.Expiration, new Date((seconds + 3600) * 1000));
  });

  test(`a session token has the size that is asked for (${kind.name})`, async () => {
    await using context = await openSts(kind);
    const { root } = context;
    for (const MinimumSessionTokenSize of [0, 1_000, 4_096]) {
      const answer = await root.sts.getSessionToken({ MinimumSessionTokenSize });
      const { sessionToken } = credentialsIn(answer);
      assert.ok(sessionToken.length >= MinimumSessionTokenSize, `${sessionToken.length}`);
      assert.ok(sessionToken.length < MinimumSessionTokenSize + 1_000, `${sessionToken.length}`);
      await context.as(credentialsIn(answer)).sts.getCallerIdentity({});
    }
    await assert.rejects(root.sts.getSessionToken({ MinimumSessionTokenSize: 4_097 }), { name: "ValidationError" });
  });
}
