import assert from "node:assert/strict";
import { test } from "node:test";
import { noSuch, openIam, trust } from "../iam.fixture.ts";

test("UpdateRole changes what it names, and refuses a role that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const role = { RoleName: "exec" };
  await iam.createRole({ ...role, AssumeRolePolicyDocument: trust(), Description: "old" });
  await iam.updateRole({ ...role, MaxSessionDuration: 43_200 });
  const { Role: after } = await iam.getRole(role);
  assert.deepEqual([after?.Description, after?.MaxSessionDuration], ["old", 43_200]);
  await iam.updateRole({ ...role, Description: "new" });
  const { Role: last } = await iam.getRole(role);
  assert.deepEqual([last?.Description, last?.MaxSessionDuration], ["new", 43_200]);
  await assert.rejects(iam.updateRole({ RoleName: "none" }), noSuch("role", "none"));
});
