import assert from "node:assert/strict";
import { test } from "node:test";
import type { ECS, RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import { openEcs } from "./test-support.fixture.ts";

const invalid = "InvalidParameterException";
const client = "ClientException";
const here = "arn:aws:ecs:us-east-1:111122223333";
const there = "arn:aws:ecs:eu-west-1:111122223333";
const otherRegion = [invalid, "Invalid Region in ARN"] as const;
const unknownDefinition = [client, "Unable to describe task definition."] as const;
const otherCluster = [invalid, "Invalid identifier: Identifier is for cluster other. Your cluster is default"] as const;

const fargate: RegisterTaskDefinitionCommandInput = {
  family: "f",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  containerDefinitions: [{ name: "c", image: "busybox" }],
};
const network = (subnets: string[], securityGroups: string[] = []) => ({
  awsvpcConfiguration: { subnets, securityGroups },
});

/** An operation with an input, and AWS's refusal of it. */
type Row = readonly [string, (ecs: ECS) => Promise<unknown>, readonly [string, string | RegExp]];

const rows: readonly Row[] = [
  ["PutAttributes of none", (ecs) => ecs.putAttributes({ attributes: [] }), [invalid, "attributes can not be empty"]],
  [
    "DeregisterTaskDefinition without a revision",
    (ecs) => ecs.deregisterTaskDefinition({ taskDefinition: "f" }),
    [client, "Revision is missing."],
  ],
  [
    "DeregisterTaskDefinition of a revision that is no number",
    (ecs) => ecs.deregisterTaskDefinition({ taskDefinition: "f:foo" }),
    [invalid, "Invalid revision number. Number: foo"],
  ],
  [
    "RunTask of a revision that is no number",
    (ecs) => ecs.runTask({ taskDefinition: `${here}:task-definition/f:null` }),
    [invalid, "Invalid revision number. Number: null"],
  ],
  [
    "RegisterTaskDefinition of FARGATE with pidMode host",
    (ecs) => ecs.registerTaskDefinition({ ...fargate, pidMode: "host" }),
    [
      client,
      "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
    ],
  ],
  [
    "RegisterTaskDefinition of FARGATE with ipcMode",
    (ecs) => ecs.registerTaskDefinition({ ...fargate, ipcMode: "task" }),
    [client, "Tasks using the Fargate launch type do not support ipcMode."],
  ],
  [
    "RegisterTaskDefinition of FARGATE with a folder of the host",
    (ecs) => ecs.registerTaskDefinition({ ...fargate, volumes: [{ name: "v", host: { sourcePath: "/etc" } }] }),
    [client, "Fargate compatible task definitions do not support sourcePath"],
  ],
  [
    "CreateService in a subnet that does not exist",
    (ecs) =>
      ecs.createService({
        serviceName: "s",
        desiredCount: 0,
        taskDefinition: "f",
        launchType: "FARGATE",
        networkConfiguration: network(["x"]),
      }),
    [
      invalid,
      "Error retrieving subnet information for [x]: The subnet ID 'x' does not exist (ErrorCode: InvalidSubnetID.NotFound)",
    ],
  ],
  [
    "RunTask with a security group that does not exist",
    (ecs) =>
      ecs.runTask({ taskDefinition: "f", launchType: "FARGATE", networkConfiguration: network(["subnet-1"], ["y"]) }),
    [
      invalid,
      "Error retrieving security group information for [y]: The security group 'y' does not exist (ErrorCode: InvalidGroup.NotFound)",
    ],
  ],
  [
    "DescribeContainerInstances of none",
    (ecs) => ecs.describeContainerInstances({ containerInstances: [] }),
    [invalid, "Container instance cannot be empty."],
  ],
  ["DescribeServices of none", (ecs) => ecs.describeServices({ services: [] }), [invalid, "Services cannot be empty."]],
  ["DescribeTasks of none", (ecs) => ecs.describeTasks({ tasks: [] }), [invalid, "Tasks cannot be empty."]],
  [
    "StartTask on none",
    (ecs) => ecs.startTask({ taskDefinition: "f", containerInstances: [] }),
    [invalid, "Container instance cannot be empty."],
  ],
  [
    "UpdateContainerInstancesState of none",
    (ecs) => ecs.updateContainerInstancesState({ containerInstances: [], status: "ACTIVE" }),
    [invalid, "Container instance cannot be empty."],
  ],
  [
    "DeleteTaskDefinitions of none",
    (ecs) => ecs.deleteTaskDefinitions({ taskDefinitions: [] }),
    [invalid, "size of TaskDefinition references list must be greater than 0"],
  ],
  [
    "DeleteTaskDefinitions of eleven",
    (ecs) => ecs.deleteTaskDefinitions({ taskDefinitions: Array(11).fill("f:1") }),
    [invalid, "Size of TaskDefinition references list cannot exceed 10"],
  ],

  [
    "RunTask in a cluster of another Region",
    (ecs) => ecs.runTask({ cluster: `${there}:cluster/default`, taskDefinition: "f" }),
    otherRegion,
  ],
  [
    "RunTask of another Region's definition",
    (ecs) => ecs.runTask({ taskDefinition: `${there}:task-definition/f:1` }),
    otherRegion,
  ],
  [
    "DescribeServices of another Region",
    (ecs) => ecs.describeServices({ services: [`${there}:service/default/s`] }),
    otherRegion,
  ],
  [
    "DescribeTaskDefinition of another Region",
    (ecs) => ecs.describeTaskDefinition({ taskDefinition: `${there}:task-definition/f:1` }),
    otherRegion,
  ],
  [
    "DeregisterTaskDefinition of another Region",
    (ecs) => ecs.deregisterTaskDefinition({ taskDefinition: `${there}:task-definition/f:1` }),
    otherRegion,
  ],
  ["StopTask of another Region", (ecs) => ecs.stopTask({ task: `${there}:task/default/t` }), otherRegion],
  ["DescribeTasks of another cluster", (ecs) => ecs.describeTasks({ tasks: [`${here}:task/other/t`] }), otherCluster],
  [
    "DescribeServices of another cluster",
    (ecs) => ecs.describeServices({ services: [`${here}:service/other/s`] }),
    otherCluster,
  ],
  [
    "UpdateService of another cluster",
    (ecs) => ecs.updateService({ service: `${here}:service/other/s` }),
    otherCluster,
  ],
  [
    "DeleteService of another cluster",
    (ecs) => ecs.deleteService({ service: `${here}:service/other/s` }),
    otherCluster,
  ],
  [
    "DescribeContainerInstances of another cluster",
    (ecs) => ecs.describeContainerInstances({ containerInstances: [`${here}:container-instance/other/i`] }),
    otherCluster,
  ],
];

for (const [name, send, [error, message]] of rows) {
  test(`${name} is refused as AWS does`, async () => {
    await using own = await openEcs();
    await own.ecs.createCluster({});
    await own.ecs.registerTaskDefinition(fargate);
    await assert.rejects(send(own.ecs), { name: error, message });
  });
}

test("RegisterTaskDefinition shows the root of an EFS volume that names no folder", async () => {
  await using own = await openEcs();
  const efs = { fileSystemId: "fs-1", transitEncryption: "ENABLED" } as const;
  const input = { ...fargate, volumes: [{ name: "v", efsVolumeConfiguration: efs }] };
  const { taskDefinition } = await own.ecs.registerTaskDefinition(input);
  assert.deepEqual(taskDefinition?.volumes, [{ name: "v", efsVolumeConfiguration: { rootDirectory: "/", ...efs } }]);
});

test("A service with an empty network configuration has none, and getting one again deploys nothing", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition({ family: "b", containerDefinitions: [{ name: "c", image: "i", memory: 64 }] });
  await ecs.createService({ serviceName: "s", taskDefinition: "b", desiredCount: 0, networkConfiguration: {} });
  const { service } = await ecs.updateService({ service: "s", networkConfiguration: {} });
  assert.equal(service?.networkConfiguration, undefined);
  assert.equal(service?.deployments?.length, 1);
  assert.equal(service?.deployments?.[0]?.networkConfiguration, undefined);
});

test("DeleteTaskDefinitions names what is missing as it was asked for", async () => {
  await using own = await openEcs();
  const { failures } = await own.ecs.deleteTaskDefinitions({ taskDefinitions: ["none:1"] });
  const reason =
    "The specified task definition does not exist. Specify a valid account, family, revision and try again.";
  assert.deepEqual(failures, [{ arn: "none:1", reason }]);
});

/** ARNs that name nothing of ECS's here: half ones, another service's, another partition's, another kind's. */
const foreign = [
  "arn:aws:ecs:us-east-1",
  "arn:",
  "arn:aws:iam::111122223333:role/f",
  "arn:aws-cn:ecs:us-east-1:111122223333:KIND/default/x",
  "arn:aws:s3:us-east-1:111122223333:KIND/default/x",
  "arn:aws:ecs:us-east-1:111122223333:attribute/default/x",
  "arn:aws:ecs:us-east-1:111122223333:KIND/",
];

const takers: readonly (readonly [string, string, (ecs: ECS, arn: string) => Promise<unknown>])[] = [
  ["service", "Service", (ecs, arn) => ecs.describeServices({ services: [arn] })],
  ["service", "Service", (ecs, arn) => ecs.updateService({ service: arn })],
  ["service", "Service", (ecs, arn) => ecs.deleteService({ service: arn })],
  ["task", "Task", (ecs, arn) => ecs.describeTasks({ tasks: [arn] })],
  ["task", "Task", (ecs, arn) => ecs.stopTask({ task: arn })],
  ["task", "Task", (ecs, arn) => ecs.submitTaskStateChange({ task: arn, status: "RUNNING" })],
  [
    "container-instance",
    "Container instance",
    (ecs, arn) => ecs.describeContainerInstances({ containerInstances: [arn] }),
  ],
  [
    "container-instance",
    "Container instance",
    (ecs, arn) => ecs.deregisterContainerInstance({ containerInstance: arn }),
  ],
  [
    "container-instance",
    "Container instance",
    (ecs, arn) => ecs.startTask({ taskDefinition: "f", containerInstances: [arn] }),
  ],
  [
    "container-instance",
    "Container instance",
    (ecs, arn) => ecs.putAttributes({ attributes: [{ name: "a", targetId: arn }] }),
  ],
];

test("No operation half understands the ARN of something else", async () => {
  await using own = await openEcs();
  await own.ecs.createCluster({});
  await own.ecs.registerTaskDefinition(fargate);
  for (const [kind, label, send] of takers) {
    for (const arn of foreign) {
      await assert.rejects(
        send(own.ecs, arn.replace("KIND", kind)),
        { name: invalid, message: `${label} Identifier is invalid` },
        `${send} ${arn}`,
      );
    }
  }
  for (const arn of foreign) {
    const taskDefinition = `${arn.replace("KIND", "task-definition").replace("/default", "")}`;
    const [name, message] = unknownDefinition;
    await assert.rejects(own.ecs.describeTaskDefinition({ taskDefinition }), { name, message }, taskDefinition);
    await assert.rejects(own.ecs.runTask({ taskDefinition }), { name: client, message: "TaskDefinition not found." });
    const cluster = arn.replace("KIND", "cluster");
    await assert.rejects(own.ecs.listTasks({ cluster }), { name: "ClusterNotFoundException" }, cluster);
    const { failures } = await own.ecs.describeClusters({ clusters: [cluster] });
    assert.deepEqual(failures, [{ arn: cluster, reason: "MISSING" }]);
  }
});

test("An ARN of another account is MISSING under what was asked for, also in its short form", async () => {
  await using own = await openEcs();
  await own.ecs.createCluster({});
  for (const path of ["default/x", "x"]) {
    const arn = `arn:aws:ecs:us-east-1:444455556666:task/${path}`;
    assert.deepEqual((await own.ecs.describeTasks({ tasks: [arn] })).failures, [{ arn, reason: "MISSING" }]);
  }
});
