import assert from "node:assert/strict";
import { test } from "node:test";
import { arnOf, openIam } from "../iam.fixture.ts";

test("CreateServiceLinkedRole makes the service's role once, with its policy", async () => {
  await using context = await openIam();
  const { iam } = context;
  const AWSServiceName = "ecs.amazonaws.com";
  const { Role: role } = await iam.createServiceLinkedRole({ AWSServiceName });
  assert.equal(role?.Arn, arnOf("role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"));
  assert.equal(role?.Description, undefined);
  const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName: "AWSServiceRoleForECS" });
  assert.deepEqual(AttachedPolicies, [
    {
      PolicyName: "AmazonECSServiceRolePolicy",
      PolicyArn: "arn:aws:iam::aws:policy/aws-service-role/AmazonECSServiceRolePolicy",
    },
  ]);
  await assert.rejects(iam.createServiceLinkedRole({ AWSServiceName }), {
    name: "InvalidInputException",
    message: "Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.",
  });
  await assert.rejects(iam.createServiceLinkedRole({ AWSServiceName, CustomSuffix: "x" }), {
    name: "InvalidInputException",
    message: "Custom suffix is not allowed for ecs.amazonaws.com",
  });
  const suffixed = await iam.createServiceLinkedRole({
    AWSServiceName: "autoscaling.amazonaws.com",
    CustomSuffix: "x",
    Description: "ours",
  });
  assert.equal(suffixed.Role?.Description, "ours");
  assert.equal(suffixed.Role?.RoleName, "AWSServiceRoleForAutoScaling_x");
  await assert.rejects(iam.createServiceLinkedRole({ AWSServiceName: "nothing.amazonaws.com" }), {
    name: "AccessDenied",
    message: "Cannot find Service Linked Role template for nothing.amazonaws.com",
  });
});
