import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, trust } from "../iam.fixture.ts";

test("UpdateRoleDescription changes and shows the role, and refuses one that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ ...role, AssumeRolePolicyDocument: trust(), Description: "old" });
  const updated = await iam.updateRoleDescription({ ...role, Description: "new" });
  assert.deepEqual([updated.Role?.Description, updated.Role?.PermissionsBoundary], ["new", undefined]);
  assert.equal((await iam.getRole(role)).Role?.Description, "new");
  await assert.rejects(iam.updateRoleDescription({ RoleName: "none", Description: "" }), noSuch("role", "none"));
});
