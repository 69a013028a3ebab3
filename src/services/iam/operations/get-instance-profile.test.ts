import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, trust } from "../iam.fixture.ts";

test("GetInstanceProfile shows a profile with its role, and refuses one that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  const profile = { InstanceProfileName: "ecsInstanceRole" };
  await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
  await iam.createInstanceProfile(profile);
  await iam.addRoleToInstanceProfile({ ...profile, RoleName: "r" });
  const { InstanceProfile: shown } = await iam.getInstanceProfile(profile);
  assert.deepEqual(
    shown?.Roles?.map(({ RoleName }) => RoleName),
    ["r"],
  );
  await assert.rejects(iam.getInstanceProfile({ InstanceProfileName: "none" }), {
    name: "NoSuchEntityException",
    message: "Instance Profile none cannot be found.",
  });
});
