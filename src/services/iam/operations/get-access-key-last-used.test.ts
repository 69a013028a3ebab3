import assert from "node:assert/strict";
import { test } from "node:test";
import { rootPrincipal } from "../../../../test/support/in-process.ts";
import type { Principal } from "../../../model/call.ts";
import { openIam } from "../iam.fixture.ts";

test("GetAccessKeyLastUsed shows the last use, also of another process once it is written", async () => {
  await using context = await openIam();
  const { iam, store } = context;
  await iam.createUser({ UserName: "bob" });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: "bob" });
  const AccessKeyId = key?.AccessKeyId ?? "";
  const bob: Principal = { ...rootPrincipal, kind: "user", accessKeyId: AccessKeyId };
  const never = { LastUsedDate: undefined, ServiceName: "N/A", Region: "N/A" };
  const asked = async (client = iam) => (await client.getAccessKeyLastUsed({ AccessKeyId })).AccessKeyLastUsed;
  assert.deepEqual({ ...never, ...(await asked()) }, never);
  const use = { usedAt: new Date("2026-02-03T04:05:06.789Z"), service: "ssm", region: "eu-west-1" };
  store.uses.note(bob, { ...use, usedAt: new Date(0) });
  store.uses.note(bob, use);
  const other = context.open();
  assert.deepEqual({ ...never, ...(await asked(other.iam)) }, never);
  await store.uses.write();
  const shown = { LastUsedDate: new Date("2026-02-03T04:05:06Z"), ServiceName: "ssm", Region: "eu-west-1" };
  assert.deepEqual([await asked(other.iam), await asked()], [shown, shown]);
  assert.equal((await context.database.db.selectFrom("iam_uses").selectAll().execute()).length, 1);
  // An earlier use that is written later changes nothing.
  other.store.uses.note(bob, { ...use, usedAt: new Date("2026-02-03T04:00:00Z"), service: "kms" });
  assert.deepEqual(await asked(other.iam), shown);
  await iam.deleteAccessKey({ UserName: "bob", AccessKeyId });
  store.uses.note(bob, use);
  await store.uses.write();
  assert.deepEqual(await context.database.db.selectFrom("iam_uses").selectAll().execute(), []);
});

test("GetAccessKeyLastUsed shows the user of a key that was never used, and denies a key of another account", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createUser({ UserName: "bob" });
  const { AccessKey: key } = await iam.createAccessKey({ UserName: "bob" });
  const lastUsed = await iam.getAccessKeyLastUsed({ AccessKeyId: key?.AccessKeyId });
  assert.deepEqual([lastUsed.UserName, lastUsed.AccessKeyLastUsed], ["bob", { ServiceName: "N/A", Region: "N/A" }]);
  const AccessKeyId = "AKIAAAAAAAAAAAAAAAAA";
  await assert.rejects(iam.getAccessKeyLastUsed({ AccessKeyId }), {
    name: "AccessDenied",
    message: `User: ${rootPrincipal.arn} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`,
  });
});
