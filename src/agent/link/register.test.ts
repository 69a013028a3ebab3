import assert from "node:assert/strict";
import { test } from "node:test";
import type { RegisterContainerInstanceCommandInput } from "@aws-sdk/client-ecs";
import type { Machine } from "../../runtime/runtime.ts";
import { register } from "./register.ts";

const machine: Machine = {
  version: "28.1.0",
  cpu: 2048,
  memory: 3900,
  architecture: "arm64",
  logDrivers: ["json-file", "splunk"],
  subnet: { cidr: "10.1.0.0/16", gateway: "10.1.0.1" },
};

async function registered(fargate: boolean, containerInstanceArn?: string, answer: string | undefined = "arn-1") {
  const inputs: RegisterContainerInstanceCommandInput[] = [];
  const controlPlane = {
    async register(input: RegisterContainerInstanceCommandInput) {
      inputs.push(input);
      return answer === "" ? undefined : answer;
    },
  };
  const arn = await register({ controlPlane, cluster: "default", machine, fargate, containerInstanceArn });
  const attributes = new Map(inputs[0]?.attributes?.map(({ name, value }) => [name, value]));
  return { arn, input: inputs[0]!, attributes };
}

test("register tells the machine's resources and versions", async () => {
  const { arn, input } = await registered(false);
  assert.equal(arn, "arn-1");
  assert.equal("containerInstanceArn" in input, false);
  assert.deepEqual(input.totalResources, [
    { name: "CPU", type: "INTEGER", integerValue: 2048 },
    { name: "MEMORY", type: "INTEGER", integerValue: 3900 },
    { name: "PORTS", type: "STRINGSET", stringSetValue: ["22", "2375", "2376", "51678", "51679"] },
    { name: "PORTS_UDP", type: "STRINGSET", stringSetValue: [] },
  ]);
  assert.deepEqual(input.versionInfo, { agentVersion: "1.105.1", agentHash: "sealift", dockerVersion: "28.1.0" });
});

test("register tells what the machine can do", async () => {
  const { attributes } = await registered(false);
  const names = [
    "ecs.capability.secrets.ssm.environment-variables",
    "ecs.capability.secrets.asm.bootstrap.log-driver",
    "ecs.capability.private-registry-authentication.secretsmanager",
    "ecs.capability.task-eni",
    "ecs.capability.task-cpu-mem-limit",
    "com.amazonaws.ecs.capability.logging-driver.json-file",
    "com.amazonaws.ecs.capability.logging-driver.splunk",
    "com.amazonaws.ecs.capability.docker-remote-api.1.29",
  ];
  for (const name of names) assert.ok(attributes.has(name), name);
  assert.equal(attributes.has("com.amazonaws.ecs.capability.logging-driver.awslogs"), false);
  assert.deepEqual(
    ["ecs.os-type", "ecs.cpu-architecture", "sealift.subnet", "sealift.subnet-gateway"].map((name) =>
      attributes.get(name),
    ),
    ["linux", "arm64", "10.1.0.0/16", "10.1.0.1"],
  );
});

test("register offers Fargate only where it is wanted", async () => {
  assert.equal((await registered(true)).attributes.has("sealift.fargate"), true);
  assert.equal((await registered(false)).attributes.has("sealift.fargate"), false);
});

test("register goes on as the instance that it was", async () => {
  assert.equal((await registered(false, "arn-0")).input.containerInstanceArn, "arn-0");
});

test("register fails where it gets no ARN", async () => {
  await assert.rejects(registered(false, undefined, ""), /answered without an ARN/);
});
