import assert from "node:assert/strict";
import { test } from "node:test";
import { openAuthorizedPlane } from "../../../../test/support/authorized-plane.ts";
import { testAccount, testRegion } from "../../../../test/support/in-process.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import type { Task } from "../tasks/task.ts";
import { taskCredentials } from "./task-credentials.ts";

const roleArn = `arn:aws:iam::${testAccount}:role/execution`;
const task = {
  arn: `arn:aws:ecs:${testRegion}:${testAccount}:task/default/0123456789abcdef`,
  overrides: {},
  credentialIds: { execution: "e", task: "t" },
} as Task;
const definition = { executionRoleArn: roleArn } as TaskDefinition;

/** As AWS's guide to ECS has it against confused deputies, and what it would not allow. */
const conditions: readonly [object, boolean][] = [
  [{ ArnLike: { "aws:SourceArn": `arn:aws:ecs:${testRegion}:${testAccount}:*` } }, true],
  [{ ArnLike: { "aws:SourceArn": `arn:aws:ecs:eu-west-1:${testAccount}:*` } }, false],
  [{ StringEquals: { "aws:SourceAccount": testAccount } }, true],
  [{ StringEquals: { "aws:SourceAccount": "444455556666" } }, false],
  [{ Bool: { "aws:PrincipalIsAWSService": "true" } }, true],
  [{ Bool: { "aws:PrincipalIsAWSService": "false" } }, false],
  [{ StringEquals: { "aws:PrincipalServiceName": "ecs-tasks.amazonaws.com" } }, true],
  [{ StringEquals: { "aws:PrincipalServiceName": "ecs.amazonaws.com" } }, false],
  [{ "ForAnyValue:StringEquals": { "aws:PrincipalServiceNamesList": "ecs-tasks.amazonaws.com" } }, true],
  [{ "ForAnyValue:StringEquals": { "aws:PrincipalServiceNamesList": "ecs.amazonaws.com" } }, false],
];

for (const [condition, isAllowed] of conditions) {
  test(`a task ${isAllowed ? "gets" : "does not get"} its role where the trust policy says ${JSON.stringify(condition)}`, async () => {
    await using plane = await openAuthorizedPlane();
    const statement = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
    await plane.clientsOf().iam.createRole({
      RoleName: "execution",
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: { ...statement, Condition: condition },
      }),
    });
    const { execution, denied } = await taskCredentials(plane.ecs, task, definition);
    assert.equal(execution?.roleArn, isAllowed ? roleArn : undefined);
    assert.equal(denied !== undefined, !isAllowed);
  });
}
