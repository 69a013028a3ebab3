import assert from "node:assert/strict";
import { test } from "node:test";
import type { Container } from "../definitions/definition.ts";
import { overridden, roles } from "../tasks/overrides.ts";
import { payloadSecret } from "./payload.ts";

const secrets: readonly (readonly [string, "ssm" | "asm", string])[] = [
  ["/app/token", "ssm", "us-east-1"],
  ["token", "ssm", "us-east-1"],
  ["arn:aws:ssm:eu-west-1:111122223333:parameter/app/token", "ssm", "eu-west-1"],
  ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf", "asm", "eu-west-1"],
  ["arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf:key:AWSPREVIOUS:", "asm", "us-east-1"],
  ["arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db-AbCdEf", "asm", "cn-north-1"],
];

for (const [valueFrom, provider, region] of secrets) {
  test(`${valueFrom} is read from ${provider} in ${region}`, () => {
    const common = { name: "N", valueFrom, provider, region };
    assert.deepEqual(payloadSecret({ name: "N", valueFrom }, "us-east-1", "CONTAINER"), {
      ...common,
      type: "ENVIRONMENT_VARIABLE",
      target: "CONTAINER",
    });
    assert.deepEqual(payloadSecret({ name: "N", valueFrom }, "us-east-1", "LOG_DRIVER"), {
      ...common,
      type: "BOOTSTRAP",
      target: "LOG_DRIVER",
    });
  });
}

test("an override replaces size and command, and adds to the environment", () => {
  const container: Container = {
    name: "a",
    image: "b",
    cpu: 1,
    memory: 2,
    essential: true,
    command: ["old"],
    environment: [{ name: "A", value: "1" }],
  };
  const next = overridden(container, {
    command: ["new"],
    cpu: 10,
    memory: 20,
    environment: [{ name: "A", value: "2" }],
  });
  assert.deepEqual([next.command, next.cpu, next.memory], [["new"], 10, 20]);
  assert.deepEqual(next.environment, [
    { name: "A", value: "1" },
    { name: "A", value: "2" },
  ]);
  assert.equal(overridden(container, undefined), container);
});

test("a task's roles are its definition's unless overridden", () => {
  const definition = { taskRoleArn: "t", executionRoleArn: "e" };
  assert.deepEqual(roles({ overrides: {} }, definition), { task: "t", execution: "e" });
  const overrides = { taskRoleArn: "T", executionRoleArn: "E" };
  assert.deepEqual(roles({ overrides }, definition), { task: "T", execution: "E" });
});
