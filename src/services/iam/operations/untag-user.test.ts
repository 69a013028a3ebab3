import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam } from "../iam.fixture.ts";

test("UntagUser removes tags by their keys in whatever case, and refuses a user that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const user = { UserName: "bob" };
  await iam.createUser({ UserName: "bob" });
  await iam.tagUser({
    ...user,
    Tags: [
      { Key: "team", Value: "a" },
      { Key: "env", Value: "" },
    ],
  });
  await iam.untagUser({ ...user, TagKeys: ["ENV", "none"] });
  assert.deepEqual((await iam.listUserTags(user)).Tags, [{ Key: "team", Value: "a" }]);
  await iam.untagUser({ ...user, TagKeys: ["team"] });
  assert.deepEqual((await iam.listUserTags(user)).Tags, []);
  await assert.rejects(iam.untagUser({ UserName: "none", TagKeys: ["team"] }), noSuch("user", "none"));
});
