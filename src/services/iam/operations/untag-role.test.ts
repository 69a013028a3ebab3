import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, trust } from "../iam.fixture.ts";

test("UntagRole removes tags by their keys in whatever case, and refuses a role that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ RoleName: "exec", AssumeRolePolicyDocument: trust() });
  await iam.tagRole({
    ...role,
    Tags: [
      { Key: "team", Value: "a" },
      { Key: "env", Value: "" },
    ],
  });
  await iam.untagRole({ ...role, TagKeys: ["ENV", "none"] });
  assert.deepEqual((await iam.listRoleTags(role)).Tags, [{ Key: "team", Value: "a" }]);
  await iam.untagRole({ ...role, TagKeys: ["team"] });
  assert.deepEqual((await iam.listRoleTags(role)).Tags, []);
  await assert.rejects(iam.untagRole({ RoleName: "none", TagKeys: ["team"] }), noSuch("role", "none"));
});
