import assert from "node:assert/strict";
import { test } from "node:test";
import { waitUntilTasksRunning, waitUntilTasksStopped } from "@aws-sdk/client-ecs";
import { databases } from "../../../../test/support/databases.ts";
import {
  meanwhile,
  network,
  openEcs,
  openPlain,
  plainDefinition,
  startFakeAgent,
  taskRole,
  waiting,
  webDefinition,
} from "../test-support.fixture.ts";

for (const { name, open } of databases()) {
  test(`RunTask brings a Fargate task to RUNNING and StopTask to STOPPED (${name})`, async () => {
    await using own = await openEcs({ database: await open() });
    const { ecs } = own;
    await ecs.createCluster({});
    await ecs.registerTaskDefinition(webDefinition());
    const agent = await startFakeAgent(own);

    const { tasks, failures } = await ecs.runTask({
      taskDefinition: "web",
      launchType: "FARGATE",
      networkConfiguration: network,
      overrides: { containerOverrides: [{ name: "app", environment: [{ name: "MODE", value: "override" }] }] },
    });
    assert.deepEqual(failures, []);
    const [task] = tasks!;
    assert.equal(task!.lastStatus, "PROVISIONING");
    assert.equal(task!.containerInstanceArn, undefined);
    const arn = task!.taskArn!;

    const payload = await agent.payload(arn);
    const [container] = payload.containers;
    assert.deepEqual(container!.environment, { MODE: "override" });
    assert.deepEqual(
      container!.secrets.map(({ provider, region, type, target }) => ({ provider, region, type, target })),
      [
        { provider: "ssm", region: "us-east-1", type: "ENVIRONMENT_VARIABLE", target: "CONTAINER" },
        { provider: "asm", region: "eu-west-1", type: "ENVIRONMENT_VARIABLE", target: "CONTAINER" },
      ],
    );
    assert.equal(payload.executionRoleCredentials!.sessionToken, arn.split("/").at(-1));
    assert.equal(payload.roleCredentials!.roleArn, taskRole);
    const address = payload.elasticNetworkInterfaces![0]!.ipv4Addresses[0]!.privateAddress;
    assert.match(address, /^172\.20\./);

    await agent.tell(arn, "RUNNING");
    await waitUntilTasksRunning({ client: ecs, ...waiting }, { tasks: [arn] });
    const { tasks: running } = await ecs.describeTasks({ tasks: [arn] });
    const shown = running![0]!;
    assert.equal(shown.containers![0]!.networkInterfaces![0]!.privateIpv4Address, address);
    assert.equal(shown.attachments![0]!.status, "ATTACHED");
    assert.equal(shown.connectivity, "CONNECTED");
    assert(shown.startedAt instanceof Date);
    assert.doesNotMatch(JSON.stringify(shown), /sessionToken|ASIA/);

    const { task: stopping } = await ecs.stopTask({ task: arn, reason: "enough" });
    assert.equal(stopping!.desiredStatus, "STOPPED");
    assert.equal((await agent.payload(arn)).desiredStatus, "STOPPED");
    await agent.obey();
    await waitUntilTasksStopped({ client: ecs, ...waiting }, { tasks: [arn] });
    const [stopped] = (await ecs.describeTasks({ tasks: [arn] })).tasks!;
    assert.equal(stopped!.stopCode, "UserInitiated");
    assert.equal(stopped!.stoppedReason, "enough");
    assert.equal(stopped!.containers![0]!.exitCode, 143);
    assert.deepEqual((await ecs.listTasks({})).taskArns, []);
    assert.deepEqual((await ecs.listTasks({ desiredStatus: "STOPPED", family: "web" })).taskArns, [arn]);
  });
}

test("RunTask says of each instance why it cannot take the task", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await assert.rejects(ecs.runTask({ taskDefinition: "plain" }), {
    name: "InvalidParameterException",
    message: "No Container Instances were found in your cluster.",
  });
  const agent = await startFakeAgent(own, { memory: 300, cpu: 100 });
  const first = await ecs.runTask({ taskDefinition: "plain", count: 2 });
  assert.equal(first.tasks!.length, 1);
  const ports = "the host ports 8080/tcp, which are in use";
  assert.deepEqual(first.failures, [
    { arn: agent.arn, reason: "RESOURCE:PORTS", detail: `The task asks for ${ports}` },
  ]);
  const memory = "200 MiB of memory, of which 172 of 300 are left";
  const cpu = "101 CPU units, of which 100 of 100 are left";
  const cases = [
    [{ memory: 200 }, "RESOURCE:MEMORY", [memory, ports]],
    [{ cpu: 101 }, "RESOURCE:CPU", [cpu, ports]],
    [{ cpu: 101, memory: 200 }, "RESOURCE:MEMORY", [memory, cpu, ports]],
  ] as const;
  for (const [override, reason, lacks] of cases) {
    const { failures } = await ecs.runTask({
      taskDefinition: "plain",
      overrides: { containerOverrides: [{ name: "app", ...override }] },
    });
    assert.deepEqual(failures, [{ arn: agent.arn, reason, detail: `The task asks for ${lacks.join("; ")}` }]);
  }
  await agent.disconnect();
  const { failures } = await ecs.runTask({ taskDefinition: "plain" });
  assert.deepEqual(failures, [{ arn: agent.arn, reason: "AGENT" }]);
});

test("RunTask places no task on an instance that lacks a capability", async () => {
  await using own = await openPlain();
  const attributes = [{ name: "com.amazonaws.ecs.capability.docker-remote-api.1.24" }];
  const agent = await startFakeAgent(own, { attributes });
  await own.ecs.registerTaskDefinition({
    family: "checked",
    containerDefinitions: [{ name: "a", image: "b", memory: 8, healthCheck: { command: ["CMD", "true"] } }],
  });
  const { failures } = await own.ecs.runTask({ taskDefinition: "checked" });
  const detail = "The container instance lacks the attribute ecs.capability.container-health-check";
  assert.deepEqual(failures, [{ arn: agent.arn, reason: "ATTRIBUTE", detail }]);
});

test("RunTask with a client token starts nothing the second time", async () => {
  await using own = await openPlain();
  await startFakeAgent(own);
  const first = await own.ecs.runTask({ taskDefinition: "plain", clientToken: "once" });
  const again = await own.ecs.runTask({ taskDefinition: "plain", clientToken: "once" });
  assert.equal(again.tasks![0]!.taskArn, first.tasks![0]!.taskArn);
  await assert.rejects(own.ecs.runTask({ taskDefinition: "plain", clientToken: "once", startedBy: "else" }), {
    name: "ConflictException",
  });
});

test("RunTask refuses what AWS refuses, in its words", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await ecs.registerTaskDefinition(webDefinition());
  await startFakeAgent(own);
  const cases = [
    [{ taskDefinition: "none" }, "ClientException", "TaskDefinition not found."],
    [{ taskDefinition: "plain", cluster: "none" }, "ClusterNotFoundException", "Cluster not found."],
    [
      { taskDefinition: "web" },
      "InvalidParameterException",
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    ],
    [
      { taskDefinition: "plain", launchType: "FARGATE" },
      "InvalidParameterException",
      "Task definition does not support launch_type FARGATE.",
    ],
    [
      { taskDefinition: "plain", overrides: { containerOverrides: [{ name: "x" }] } },
      "InvalidParameterException",
      "Override for container named x is not a container in the TaskDefinition.",
    ],
    [
      { taskDefinition: "plain", overrides: { containerOverrides: [{ command: ["x"] }] } },
      "InvalidParameterException",
      "Override for container named null is not a container in the TaskDefinition.",
    ],
    [
      { taskDefinition: "plain", overrides: { taskRoleArn: "arn:aws:iam::111122223333:user/x" } },
      "ClientException",
      "Role is not valid",
    ],
    [{ taskDefinition: "plain", overrides: { executionRoleArn: "a b" } }, "ClientException", "Role is not valid"],
    [
      { taskDefinition: "plain", overrides: { containerOverrides: [{ name: "app", memory: -50_000 }] } },
      "InvalidParameterException",
      "Invalid setting for container 'app'. The 'memory' value must be at least 6 MiB.",
    ],
    [
      { taskDefinition: "plain", overrides: { containerOverrides: [{ name: "app", cpu: -1 }] } },
      "InvalidParameterException",
      "Invalid 'cpu' setting for container 'app'.",
    ],
    [
      { taskDefinition: "plain", overrides: { cpu: "127" } },
      "InvalidParameterException",
      "Invalid 'cpu' setting for task.",
    ],
    [
      { taskDefinition: "plain", overrides: { memory: "100" } },
      "InvalidParameterException",
      "The 'memory' setting for container 'app' is greater than for the task.",
    ],
    [
      {
        taskDefinition: "web",
        networkConfiguration: network,
        overrides: { containerOverrides: [{ name: "app", memory: 513 }] },
      },
      "InvalidParameterException",
      "The 'memory' setting for container 'app' is greater than for the task.",
    ],
    [
      {
        taskDefinition: "web",
        networkConfiguration: network,
        overrides: { containerOverrides: [{ name: "app", cpu: 257 }] },
      },
      "InvalidParameterException",
      "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    ],
    [
      {
        taskDefinition: "web",
        networkConfiguration: network,
        overrides: { containerOverrides: [{ name: "app", environment: [{ name: "TOKEN", value: "x" }] }] },
      },
      "InvalidParameterException",
      "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'TOKEN'.",
    ],
  ] as const;
  for (const [input, name, message] of cases) {
    await assert.rejects(ecs.runTask(structuredClone(input) as never), { name, message });
  }
});

test("tags of a task come from the request, its definition and ECS", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await ecs.registerTaskDefinition({ ...plainDefinition, tags: [{ key: "team", value: "a" }] });
  await startFakeAgent(own);
  const { tasks } = await ecs.runTask({
    taskDefinition: "plain",
    tags: [{ key: "own", value: "1" }],
    propagateTags: "TASK_DEFINITION",
    enableECSManagedTags: true,
  });
  const resourceArn = tasks![0]!.taskArn!;
  assert.deepEqual((await ecs.listTagsForResource({ resourceArn })).tags, [
    { key: "team", value: "a" },
    { key: "own", value: "1" },
    { key: "aws:ecs:clusterName", value: "default" },
  ]);
  await ecs.untagResource({ resourceArn, tagKeys: ["team"] });
  await ecs.tagResource({ resourceArn, tags: [{ key: "own", value: "2" }] });
  const described = await ecs.describeTasks({ tasks: [resourceArn], include: ["TAGS"] });
  assert.deepEqual(described.tasks![0]!.tags, [
    { key: "own", value: "2" },
    { key: "aws:ecs:clusterName", value: "default" },
  ]);
});

test("a cluster's default capacity provider decides where tasks run", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({
    capacityProviders: ["FARGATE"],
    defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
  });
  await ecs.registerTaskDefinition(webDefinition());
  await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "web", networkConfiguration: network });
  assert.deepEqual([tasks![0]!.launchType, tasks![0]!.capacityProviderName], ["FARGATE", "FARGATE"]);
});

const small = "arn:aws:iam::111122223333:role/small";
const big = "arn:aws:iam::111122223333:role/big";
const revision = (taskRoleArn: string) => ({ ...plainDefinition, family: "race", taskRoleArn });

test("RunTask runs the revision that was authorised, though the family got another one meanwhile", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  await ecs.registerTaskDefinition({ ...revision(small), tags: [{ key: "team", value: "a" }] });
  const agent = await startFakeAgent(own);
  race.during("iam:PassRole", async () => {
    await ecs.registerTaskDefinition({ ...revision(big), tags: [{ key: "team", value: "b" }] });
  });
  const { tasks } = await ecs.runTask({ taskDefinition: "race", propagateTags: "TASK_DEFINITION" });
  assert.match(tasks![0]!.taskDefinitionArn!, /race:1$/);
  assert.deepEqual(tasks![0]!.tags, [{ key: "team", value: "a" }]);
  const { version, roleCredentials } = await agent.payload(tasks![0]!.taskArn!);
  assert.deepEqual([version, roleCredentials!.roleArn], ["1", small]);
});

test("RunTask propagates the tags that the definition had when the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  const registered = await ecs.registerTaskDefinition({ ...revision(small), tags: [{ key: "team", value: "a" }] });
  await startFakeAgent(own);
  const resourceArn = registered.taskDefinition!.taskDefinitionArn!;
  race.during("ecs:RunTask", () => ecs.tagResource({ resourceArn, tags: [{ key: "team", value: "b" }] }));
  const { tasks } = await ecs.runTask({ taskDefinition: "race", propagateTags: "TASK_DEFINITION" });
  assert.deepEqual(tasks![0]!.tags, [{ key: "team", value: "a" }]);
});

test("RunTask refuses a revision or a cluster that went away while the call was authorised", async () => {
  const race = meanwhile();
  await using own = await openPlain(race);
  const { ecs } = own;
  await ecs.registerTaskDefinition(revision(small));
  const agent = await startFakeAgent(own);
  race.during("ecs:RunTask", async () => {
    await ecs.deregisterTaskDefinition({ taskDefinition: "race:1" });
    await ecs.deleteTaskDefinitions({ taskDefinitions: ["race:1"] });
  });
  const inactive = { name: "ClientException", message: "TaskDefinition is inactive" };
  await assert.rejects(ecs.runTask({ taskDefinition: "race" }), inactive);
  race.during("ecs:RunTask", async () => {
    await ecs.deregisterContainerInstance({ containerInstance: agent.arn });
    await ecs.deleteCluster({ cluster: "default" });
  });
  const gone = { name: "ClusterNotFoundException", message: "The referenced cluster was inactive." };
  await assert.rejects(ecs.runTask({ taskDefinition: "plain" }), gone);
  await ecs.createCluster({});
  assert.deepEqual((await ecs.listTasks({})).taskArns, []);
});
