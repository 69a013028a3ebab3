import assert from "node:assert/strict";
import { test } from "node:test";
import { allow, arnOf, document, openIam, powerUser, trust } from "../iam.fixture.ts";

test("ListPoliciesGrantingServiceAccess looks into the policies of a user and of its groups", async () => {
  await using context = await openIam();
  const { iam } = context;
  await iam.createUser({ UserName: "bob" });
  await iam.createGroup({ GroupName: "ops" });
  await iam.addUserToGroup({ GroupName: "ops", UserName: "bob" });
  await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust() });
  await iam.attachRolePolicy({ RoleName: "r", PolicyArn: powerUser });
  const PolicyDocument = document(allow(["kms:Decrypt", "SSM:Get*"]));
  const mine = (await iam.createPolicy({ PolicyName: "mine", PolicyDocument })).Policy?.Arn;
  await iam.attachGroupPolicy({ GroupName: "ops", PolicyArn: mine });
  await iam.putGroupPolicy({ GroupName: "ops", PolicyName: "in", PolicyDocument: document(allow("ecs:*")) });
  await iam.putUserPolicy({ UserName: "bob", PolicyName: "in", PolicyDocument: document(allow("*")) });
  const asked = async (name: string, ...ServiceNamespaces: string[]) => {
    const input = { Arn: arnOf(name), ServiceNamespaces };
    return (await iam.listPoliciesGrantingServiceAccess(input)).PoliciesGrantingServiceAccess;
  };
  const managed = { PolicyName: "mine", PolicyType: "MANAGED", PolicyArn: mine };
  const inline = (EntityType: string, EntityName: string) => ({
    PolicyName: "in",
    PolicyType: "INLINE",
    EntityType,
    EntityName,
  });
  assert.deepEqual(await asked("user/bob", "ssm", "ecs", "s3"), [
    { ServiceNamespace: "ssm", Policies: [managed, inline("USER", "bob")] },
    { ServiceNamespace: "ecs", Policies: [inline("USER", "bob"), inline("GROUP", "ops")] },
    { ServiceNamespace: "s3", Policies: [inline("USER", "bob")] },
  ]);
  assert.deepEqual(await asked("group/ops", "ssm"), [{ ServiceNamespace: "ssm", Policies: [managed] }]);
  // PowerUserAccess has a NotAction, and some actions of IAM.
  const [s3, organizations] = (await asked("role/r", "s3", "organizations")) ?? [];
  assert.deepEqual([s3?.Policies?.length, organizations?.Policies?.length], [1, 1]);
  await assert.rejects(asked("user/none", "ssm"), { name: "NoSuchEntityException" });
  await assert.rejects(asked("policy/mine", "ssm"), { name: "InvalidInputException" });
});
