import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("ListUserTags shows the tags, and refuses a user that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ ...user, Tags: [{ Key: "k", Value: "v" }] });
  assert.deepEqual((await iam.listUserTags(user)).Tags, [{ Key: "k", Value: "v" }]);
  await assert.rejects(iam.listUserTags({ UserName: "none" }), noSuch("user", "none"));
});
