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
  isolates: true,
  gpus: [],
  volumeDrivers: ["local", "rexray/ebs"],
  subnet: { cidr: "10.1.0.0/16", gateway: "10.1.0.1" },
};

async function registered(
  fargate: boolean,
  containerInstanceArn?: string,
  answer: string | undefined = "arn-1",
  change: Partial<Machine> & { readonly execute?: boolean; readonly deliversAwslogs?: boolean } = {},
) {
  const inputs: RegisterContainerInstanceCommandInput[] = [];
  const controlPlane = {
    async register(input: RegisterContainerInstanceCommandInput) {
      inputs.push(input);
      return answer === "" ? undefined : answer;
    },
  };
  const { execute = false, deliversAwslogs = false, ...others } = change;
  const described = { ...machine, ...others };
  const abilities = { fargate, execute, deliversAwslogs };
  const options = { controlPlane, cluster: "default", machine: described, ...abilities, containerInstanceArn };
  const arn = await register(options);
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
    "ecs.capability.env-files.s3",
    "ecs.capability.private-registry-authentication.secretsmanager",
    "ecs.capability.task-eni",
    "ecs.capability.task-cpu-mem-limit",
    "com.amazonaws.ecs.capability.logging-driver.json-file",
    "com.amazonaws.ecs.capability.logging-driver.splunk",
    "com.amazonaws.ecs.capability.docker-remote-api.1.29",
    "ecs.capability.docker-plugin.local",
    "ecs.capability.docker-plugin.rexray/ebs",
    "ecs.capability.network.container-port-range",
    "ecs.capability.pid-ipc-namespace-sharing",
    "com.amazonaws.ecs.capability.privileged-container",
    "ecs.capability.efs",
    "ecs.capability.efsAuth",
  ];
  for (const name of names) assert.ok(attributes.has(name), name);
  assert.equal(attributes.has("com.amazonaws.ecs.capability.logging-driver.awslogs"), false);
  assert.deepEqual(
    ["ecs.os-type", "ecs.os-family", "ecs.cpu-architecture", "sealift.subnet", "sealift.subnet-gateway"].map((name) =>
      attributes.get(name),
    ),
    ["linux", "LINUX", "arm64", "10.1.0.0/16", "10.1.0.1"],
  );
});

test("register offers nothing that needs volumes or namespaces where there are none", async () => {
  const { attributes } = await registered(false, undefined, "arn-1", { volumeDrivers: [], isolates: false });
  assert.deepEqual(
    [...attributes.keys()].filter((name) => /docker-plugin|efs|pid-ipc|privileged/.test(name ?? "")),
    [],
  );
});

test("register offers awslogs only where it delivers", async () => {
  const names = ["com.amazonaws.ecs.capability.logging-driver.awslogs", "ecs.capability.execution-role-awslogs"];
  const change = { logDrivers: ["awslogs", "json-file"] };
  for (const deliversAwslogs of [true, false]) {
    const { attributes } = await registered(false, undefined, "arn-1", { ...change, deliversAwslogs });
    assert.deepEqual(
      names.map((name) => attributes.has(name)),
      [deliversAwslogs, deliversAwslogs],
    );
  }
});

test("register offers FireLens where there are its log driver and volumes", async () => {
  const name = "com.amazonaws.ecs.capability.logging-driver.awsfirelens";
  const logDrivers = ["fluentd"];
  assert.equal((await registered(false, undefined, "arn-1", { logDrivers })).attributes.has(name), true);
  const without = await registered(false, undefined, "arn-1", { logDrivers, volumeDrivers: [] });
  assert.equal(without.attributes.has(name), false);
});

test("register tells of GPUs where there are some", async () => {
  const { input } = await registered(false, undefined, "arn-1", { gpus: ["GPU-1", "GPU-2"] });
  const gpus = input.totalResources?.find(({ name }) => name === "GPU");
  assert.deepEqual(gpus, { name: "GPU", type: "STRINGSET", stringSetValue: ["GPU-1", "GPU-2"] });
});

test("register offers Fargate only where it is wanted", async () => {
  assert.equal((await registered(true)).attributes.has("sealift.fargate"), true);
  assert.equal((await registered(false)).attributes.has("sealift.fargate"), false);
  const storage = "ecs.capability.extensible-ephemeral-storage";
  assert.equal((await registered(true)).attributes.has(storage), true);
  assert.equal((await registered(false)).attributes.has(storage), false);
});

test("register goes on as the instance that it was", async () => {
  assert.equal((await registered(false, "arn-0")).input.containerInstanceArn, "arn-0");
});

test("register fails where it gets no ARN", async () => {
  await assert.rejects(registered(false, undefined, ""), /answered without an ARN/);
});

test("register offers to run commands in containers where the runtime can", async () => {
  for (const execute of [true, false]) {
    const { attributes } = await registered(false, undefined, "arn-1", { execute });
    for (const name of ["ecs.capability.execute-command", "sealift.execute-command"]) {
      assert.equal(attributes.has(name), execute, name);
    }
  }
});
