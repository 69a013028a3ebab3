import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-iam";
import { databases } from "../../../test/support/databases.ts";
import { inProcess, testAccount } from "../../../test/support/in-process.ts";
import { fakeClock } from "../../clock.ts";
import { randomIds } from "../../ids.ts";
import { keyring } from "../../keyring/keyring.ts";
import { serviceRoleTemplates } from "./entities/service-linked-roles/service-linked-role.ts";
import { iamService, iamStore } from "./index.ts";
import { findAwsManaged } from "./policies/aws-managed-policies.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

test("the policy of every service-linked role is there", () => {
  for (const { policy } of serviceRoleTemplates.values()) {
    assert.ok(findAwsManaged(`arn:aws:iam::aws:policy/aws-service-role/${policy}`), policy);
  }
});

for (const kind of databases()) {
  async function setUp() {
    const database = await kind.open();
    const store = iamStore(database, keyring(Buffer.alloc(32, 1)));
    const iam = new sdk.IAM(inProcess([iamService({ store, ids: randomIds })], { clock: fakeClock() }));
    return { iam, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
  }

  test(`CreateServiceLinkedRole makes the service's role once, with its policy (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    const AWSServiceName = "ecs.amazonaws.com";
    const { Role: role } = await iam.createServiceLinkedRole({ AWSServiceName });
    assert.equal(role?.Arn, `arn:aws:iam::${testAccount}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`);
    assert.equal(role?.Description, "Role to enable Amazon ECS to manage your cluster.");
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
    });
    assert.equal(suffixed.Role?.RoleName, "AWSServiceRoleForAutoScaling_x");
    await assert.rejects(iam.createServiceLinkedRole({ AWSServiceName: "nothing.amazonaws.com" }), {
      name: "AccessDenied",
      message: "Cannot find Service Linked Role template for nothing.amazonaws.com",
    });
    await assert.rejects(
      iam.createRole({ RoleName: "r", Path: "/aws-service-role/x/", AssumeRolePolicyDocument: trust }),
      { name: "ValidationError" },
    );
  });

  test(`nobody changes a service-linked role but its description (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createServiceLinkedRole({ AWSServiceName: "ecs.amazonaws.com" });
    const RoleName = "AWSServiceRoleForECS";
    const PolicyArn = "arn:aws:iam::aws:policy/PowerUserAccess";
    const PolicyDocument = trust.replace(/"Principal".*?},/, '"Resource":"*",');
    await iam.createInstanceProfile({ InstanceProfileName: "p" });
    for (const attempt of [
      () => iam.attachRolePolicy({ RoleName, PolicyArn }),
      () => iam.detachRolePolicy({ RoleName, PolicyArn }),
      () => iam.putRolePolicy({ RoleName, PolicyName: "p", PolicyDocument }),
      () => iam.deleteRolePolicy({ RoleName, PolicyName: "p" }),
      () => iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: PolicyArn }),
      () => iam.deleteRolePermissionsBoundary({ RoleName }),
      () => iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust }),
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

  test(`DeleteServiceLinkedRole deletes the role and tells so when asked (${kind.name})`, async () => {
    await using context = await setUp();
    const { iam } = context;
    await iam.createServiceLinkedRole({ AWSServiceName: "ecs.amazonaws.com" });
    const RoleName = "AWSServiceRoleForECS";
    const { DeletionTaskId } = await iam.deleteServiceLinkedRole({ RoleName });
    assert.match(
      DeletionTaskId ?? "",
      /^task\/aws-service-role\/ecs\.amazonaws\.com\/AWSServiceRoleForECS\/[0-9a-f-]{36}$/,
    );
    assert.equal((await iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId })).Status, "SUCCEEDED");
    await assert.rejects(iam.getRole({ RoleName }), { name: "NoSuchEntityException" });
    await assert.rejects(iam.deleteServiceLinkedRole({ RoleName }), { name: "NoSuchEntityException" });
    const other = DeletionTaskId?.replace(/.$/, "x");
    await assert.rejects(iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId: other }), {
      name: "NoSuchEntityException",
    });
    await assert.rejects(iam.getServiceLinkedRoleDeletionStatus({ DeletionTaskId: "task/x" }), {
      name: "InvalidInputException",
    });
    await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trust });
    await assert.rejects(iam.deleteServiceLinkedRole({ RoleName: "r" }), { name: "NoSuchEntityException" });
    await iam.createServiceLinkedRole({ AWSServiceName: "ecs.amazonaws.com" });
  });
}
