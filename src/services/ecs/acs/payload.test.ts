import assert from "node:assert/strict";
import { test } from "node:test";
import type { Container } from "../definitions/definition.ts";
import { overridden, roles } from "../tasks/overrides.ts";
import { payloadSecret } from "./payload.ts";

const scope = { account: "111122223333", region: "us-east-1", partition: "aws" };
const parameter = "arn:aws:ssm:eu-west-1:111122223333:parameter";
const foreign = "arn:aws:ssm:us-east-1:444455556666:parameter/app/token";

/** What a secret is read from, its provider, its region, and what it is asked for by, if that is something else. */
const secrets: readonly (readonly [string, "ssm" | "asm", string, string?])[] = [
  ["/app/token", "ssm", "us-east-1"],
  ["token", "ssm", "us-east-1"],
  [`${parameter}/app/token`, "ssm", "eu-west-1", "/app/token"],
  [`${parameter}/app/token:prod`, "ssm", "eu-west-1", "/app/token:prod"],
  [`${parameter}/token`, "ssm", "eu-west-1", "token"],
  [`${parameter}/token:3`, "ssm", "eu-west-1", "token:3"],
  [foreign, "ssm", "us-east-1"],
  ["arn:aws:ssm:us-east-1:111122223333:document/token", "ssm", "us-east-1"],
  ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf", "asm", "eu-west-1"],
  ["arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf:key:AWSPREVIOUS:", "asm", "us-east-1"],
  ["arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:db-AbCdEf", "asm", "cn-north-1"],
];

for (const [valueFrom, provider, region, name = valueFrom] of secrets) {
  test(`${valueFrom} is read as ${name} from ${provider} in ${region}`, () => {
    const common = { name: "N", valueFrom: name, provider, region };
    assert.deepEqual(payloadSecret({ name: "N", valueFrom }, scope, "CONTAINER"), {
      ...common,
      type: "ENVIRONMENT_VARIABLE",
      target: "CONTAINER",
    });
    assert.deepEqual(payloadSecret({ name: "N", valueFrom }, scope, "LOG_DRIVER"), {
      ...common,
      type: "BOOTSTRAP",
      target: "LOG_DRIVER",
    });
  });
}

test("an override replaces environment files", () => {
  const file = (key: string) => ({ value: `arn:aws:s3:::bucket/${key}`, type: "s3" as const });
  const container: Container = { name: "a", image: "b", cpu: 1, essential: true, environmentFiles: [file("old.env")] };
  const next = overridden(container, { environmentFiles: [file("new.env")] });
  assert.deepEqual(next.environmentFiles, [file("new.env")]);
  assert.deepEqual(overridden(container, { environmentFiles: [] }).environmentFiles, [file("old.env")]);
});

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
