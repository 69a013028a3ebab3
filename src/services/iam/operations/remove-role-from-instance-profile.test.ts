import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, trust } from "../iam.fixture.ts";

test("RemoveRoleFromInstanceProfile removes the role, and refuses one that the profile does not hold", async () => {
  await using context = await openIam();
  const { iam } = context;
  const names = { InstanceProfileName: "p", RoleName: "r" };
  await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
  await iam.createInstanceProfile(names);
  await assert.rejects(iam.removeRoleFromInstanceProfile(names), {
    name: "NoSuchEntityException",
    message: "The role with name r cannot be found.",
  });
  await iam.addRoleToInstanceProfile(names);
  await iam.removeRoleFromInstanceProfile(names);
  assert.deepEqual((await iam.getInstanceProfile(names)).InstanceProfile?.Roles, []);
  await assert.rejects(iam.removeRoleFromInstanceProfile({ ...names, InstanceProfileName: "none" }), {
    message: "Instance Profile none cannot be found.",
  });
});
