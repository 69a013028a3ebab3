import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, refusal, trust } from "../iam.fixture.ts";

test("ListInstanceProfilesForRole shows the role's profiles, and refuses a role that does not exist", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
  for (const InstanceProfileName of ["a", "b"]) await iam.createInstanceProfile({ InstanceProfileName });
  await iam.addRoleToInstanceProfile({ InstanceProfileName: "b", RoleName: "r" });
  const { InstanceProfiles: ofRole } = await iam.listInstanceProfilesForRole({ RoleName: "r" });
  assert.deepEqual(
    ofRole?.map((profile) => [profile.InstanceProfileName, profile.Roles?.length]),
    [["b", 1]],
  );
  await assert.rejects(
    iam.listInstanceProfilesForRole({ RoleName: "none" }),
    refusal("NoSuchEntity", 404, "The role with name none cannot be found."),
  );
});
