import assert from "node:assert/strict";
import { test } from "node:test";
import { testAccount } from "../../../../test/support/in-process.ts";
import { credentialsIn } from "../../../../test/support/served.ts";
import { openSts } from "../sts.fixture.ts";

test("GetAccessKeyInfo names the account of a key", async () => {
  await using context = await openSts();
  const { root } = context;
  const { credentials } = await context.user("bob");
  assert.equal((await root.sts.getAccessKeyInfo({ AccessKeyId: credentials.accessKeyId })).Account, testAccount);
  const unknown = root.sts.getAccessKeyInfo({ AccessKeyId: "AKIAIOSFODNN7EXAMPLE" });
  await assert.rejects(unknown, { name: "ValidationError" });
});

test("GetAccessKeyInfo refuses a user without permission, and a user's session", async () => {
  await using context = await openSts();
  const { sts, credentials } = await context.user("bob");
  const { accessKeyId: AccessKeyId } = credentials;
  await assert.rejects(sts.getAccessKeyInfo({ AccessKeyId }), {
    name: "AccessDenied",
    message: /not authorized to perform: sts:GetAccessKeyInfo because no identity-based policy allows/,
  });
  const session = context.as(credentialsIn(await context.root.sts.getSessionToken({})));
  await assert.rejects(session.sts.getAccessKeyInfo({ AccessKeyId }), {
    name: "AccessDenied",
    message: "Cannot call GetAccessKeyInfo with session credentials",
  });
});
