import assert from "node:assert/strict";
import { test } from "node:test";
import { openIam, powerUser, readParameters, trust } from "../../iam.fixture.ts";
import { findAwsManaged } from "../../policies/aws-managed-policies.ts";
import { serviceRoleTemplates } from "./service-linked-role.ts";

test("the policy of every service-linked role exists", () => {
  for (const { policy } of serviceRoleTemplates.values()) {
    assert.ok(findAwsManaged(`arn:aws:iam::aws:policy/aws-service-role/${policy}`), policy);
  }
});

test("a service-linked role can only be changed in its description", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createServiceLinkedRole({ AWSServiceName: "ecs.amazonaws.com" });
  const RoleName = "AWSServiceRoleForECS";
  const PolicyArn = powerUser;
  const PolicyDocument = readParameters;
  await iam.createInstanceProfile({ InstanceProfileName: "p" });
  for (const attempt of [
    () => iam.attachRolePolicy({ RoleName, PolicyArn }),
    () => iam.detachRolePolicy({ RoleName, PolicyArn }),
    () => iam.putRolePolicy({ RoleName, PolicyName: "p", PolicyDocument }),
    () => iam.deleteRolePolicy({ RoleName, PolicyName: "p" }),
    () => iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: PolicyArn }),
    () => iam.deleteRolePermissionsBoundary({ RoleName }),
    () => iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust() }),
    () => iam.updateRole({ RoleName, MaxSessionDuration: 7200 }),
    () => iam.addRoleToInstanceProfile({ RoleName, InstanceProfileName: "p" }),
    () => iam.deleteRole({ RoleName }),
  ]) {
    await assert.rejects(
      attempt(),
      {
        name: "UnmodifiableEntityException",
        message:
          "Cannot perform the operation on the protected role 'AWSServiceRoleForECS' - this role is only modifiable by AWS",
      },
      String(attempt),
    );
  }
  await iam.updateRole({ RoleName, Description: "ours" });
  assert.equal((await iam.getRole({ RoleName })).Role?.Description, "ours");
});
