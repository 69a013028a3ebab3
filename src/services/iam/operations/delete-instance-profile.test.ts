import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, trust } from "../iam.fixture.ts";

test("DeleteInstanceProfile wants a profile without a role", async () => {
  await using context = await openIam();
  const { iam } = context;
  const profile = { InstanceProfileName: "p" };
  await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
  await iam.createInstanceProfile(profile);
  await iam.addRoleToInstanceProfile({ ...profile, RoleName: "r" });
  await assert.rejects(iam.deleteInstanceProfile(profile), {
    name: "DeleteConflictException",
    message: "Cannot delete entity, must remove roles from instance profile first.",
  });
  await iam.removeRoleFromInstanceProfile({ ...profile, RoleName: "r" });
  await iam.deleteInstanceProfile(profile);
  await assert.rejects(iam.deleteInstanceProfile(profile), { name: "NoSuchEntityException" });
});
