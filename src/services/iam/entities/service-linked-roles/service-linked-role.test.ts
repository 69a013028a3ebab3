import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam, powerUser, readParameters, trust } from "../../iam.fixture.ts";
import { findAwsManaged } from "../../policies/aws-managed-policies.ts";
import { serviceRoleTemplates } from "./service-linked-role.ts";
import { recordedServiceRoles } from "./service-linked-roles.fixture.ts";

test("the policy of every service-linked role exists, and its name leaves room for IAM's limits", () => {
  for (const [service, { name, policy }] of serviceRoleTemplates()) {
    assert.match(service, /^[a-z0-9.-]+\.amazonaws\.com$/);
    assert.match(name, /^AWSServiceRoleFor[\w-]{2,47}$/);
    assert.ok(findAwsManaged(`arn:aws:iam::aws:policy/aws-service-role/${policy}`), policy);
  }
});

test("service-linked roles are as AWS recorded them", async () => {
  await using context = await openIam();
  const { iam } = context;
  for (const [name, role, policy, suffix] of recordedServiceRoles) {
    const AWSServiceName = `${name}.amazonaws.com`;
    const RoleName = `AWSServiceRoleFor${role}`;
    const withSuffix = iam.createServiceLinkedRole({ AWSServiceName, CustomSuffix: "suffix" });
    if (suffix) assert.equal((await withSuffix).Role?.RoleName, `${RoleName}_suffix`);
    else {
      const message = `Custom suffix is not allowed for ${AWSServiceName}`;
      await assert.rejects(withSuffix, { name: "InvalidInputException", message });
    }
    const created = (await iam.createServiceLinkedRole({ AWSServiceName })).Role;
    assert.deepEqual(
      [created?.RoleName, created?.Arn, created?.Description, created?.Tags],
      [RoleName, arnOf(`role/aws-service-role/${AWSServiceName}/${RoleName}`), undefined, undefined],
    );
    const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName });
    assert.deepEqual(AttachedPolicies, [
      { PolicyName: policy, PolicyArn: `arn:aws:iam::aws:policy/aws-service-role/${policy}` },
    ]);
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
