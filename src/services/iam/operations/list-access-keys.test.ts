import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("ListAccessKeys shows the keys without their secrets, and refuses a user that does not exist", async () => {
  await using context = await openIam();
  const { iam, clock } = context;
  const user = { UserName: "bob" };
  await iam.createUser(user);
  const { AccessKey: first } = await iam.createAccessKey(user);
  clock.advance(1000);
  const { AccessKey: second } = await iam.createAccessKey(user);
  await iam.updateAccessKey({ ...user, AccessKeyId: first?.AccessKeyId, Status: "Inactive" });
  const { AccessKeyMetadata: keys } = await iam.listAccessKeys(user);
  assert.deepEqual(
    new Set(keys?.map(({ AccessKeyId, Status }) => `${AccessKeyId} ${Status}`)),
    new Set([`${first?.AccessKeyId} Inactive`, `${second?.AccessKeyId} Active`]),
  );
  assert.ok(!JSON.stringify(keys).includes(first?.SecretAccessKey ?? ""));
  await assert.rejects(iam.listAccessKeys({ UserName: "none" }), noSuch("user", "none"));
});
