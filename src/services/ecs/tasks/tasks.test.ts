import assert from "node:assert/strict";
import { test } from "node:test";
import { waitUntilTasksRunning, waitUntilTasksStopped } from "@aws-sdk/client-ecs";
import { databases } from "../../../../test/support/databases.ts";
import { executionRole, network, openEcs, startFakeAgent, taskRole, waiting } from "../test-support.fixture.ts";

const secretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::";

const webDefinition = {
  family: "web",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "256",
  memory: "512",
  executionRoleArn: executionRole,
  taskRoleArn: taskRole,
  containerDefinitions: [
    {
      name: "app",
      image: "nginx",
      portMappings: [{ containerPort: 80 }],
      environment: [{ name: "MODE", value: "plain" }],
      secrets: [
        { name: "TOKEN", valueFrom: "/web/token" },
        { name: "PASSWORD", valueFrom: secretArn },
      ],
    },
  ],
} as const;

const plainDefinition = {
  family: "plain",
  containerDefinitions: [
    { name: "app", image: "busybox", memory: 128, portMappings: [{ containerPort: 80, hostPort: 8080 }] },
  ],
};

for (const { name, open } of databases()) {
  test(`RunTask brings a Fargate task to RUNNING and StopTask to STOPPED (${name})`, async () => {
    await using own = await openEcs({ database: await open() });
    const { ecs } = own;
    await ecs.createCluster({});
    await ecs.registerTaskDefinition(structuredClone(webDefinition) as never);
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

async function openPlain(options: Parameters<typeof openEcs>[0] = {}) {
  const own = await openEcs(options);
  await own.ecs.createCluster({});
  await own.ecs.registerTaskDefinition(plainDefinition);
  return own;
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
  assert.deepEqual(first.failures, [{ arn: agent.arn, reason: "RESOURCE:PORTS" }]);
  const cases = [
    [{ memory: 200 }, "RESOURCE:MEMORY"],
    [{ cpu: 101 }, "RESOURCE:CPU"],
  ] as const;
  for (const [override, reason] of cases) {
    const { failures } = await ecs.runTask({
      taskDefinition: "plain",
      overrides: { containerOverrides: [{ name: "app", ...override }] },
    });
    assert.deepEqual(failures, [{ arn: agent.arn, reason }]);
  }
  await agent.disconnect();
  const { failures } = await ecs.runTask({ taskDefinition: "plain" });
  assert.deepEqual(failures, [{ arn: agent.arn, reason: "AGENT" }]);
});

test("RunTask places no task on an instance that lacks a capability", async () => {
  await using own = await openPlain();
  const agent = await startFakeAgent(own, { attributes: [] });
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
  await ecs.registerTaskDefinition(structuredClone(webDefinition) as never);
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
  await assert.rejects(ecs.stopTask({ task: "none" }), {
    name: "InvalidParameterException",
    message: "The referenced task was not found.",
  });
  const { failures } = await ecs.describeTasks({ tasks: ["none"] });
  assert.deepEqual(failures, [{ arn: "arn:aws:ecs:us-east-1:111122223333:task/default/none", reason: "MISSING" }]);
});

test("iam:PassRole is asked for on the roles that tasks run with, where they are registered, run or a service's", async () => {
  const asked: unknown[] = [];
  await using own = await openEcs({
    authorize: async (_call, access) => {
      if (access.action === "iam:PassRole") asked.push([access.resource, access.conditions]);
      return undefined;
    },
  });
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition(structuredClone(webDefinition) as never);
  const passed = (revision: string) => ({
    "iam:PassedToService": "ecs-tasks.amazonaws.com",
    "iam:AssociatedResourceArn": `arn:aws:ecs:us-east-1:111122223333:task-definition/web:${revision}`,
  });
  assert.deepEqual(asked.splice(0), [
    [taskRole, passed("*")],
    [executionRole, passed("*")],
  ]);
  const { arn } = await startFakeAgent(own);
  const other = "arn:aws:iam::111122223333:role/other";
  await ecs.runTask({ taskDefinition: "web", networkConfiguration: network, overrides: { taskRoleArn: other } });
  assert.deepEqual(asked.splice(0), [
    [other, passed("1")],
    [executionRole, passed("1")],
  ]);
  const definitions = [
    [taskRole, passed("1")],
    [executionRole, passed("1")],
  ];
  await ecs.startTask({ taskDefinition: "web", networkConfiguration: network, containerInstances: [arn] });
  assert.deepEqual(asked.splice(0), definitions);
  const service = { taskDefinition: "web", networkConfiguration: network };
  await ecs.createService({ serviceName: "s", desiredCount: 0, ...service });
  assert.deepEqual(asked.splice(0), definitions);
  await ecs.updateService({ service: "s", ...service });
  assert.deepEqual(asked.splice(0), definitions);
  // Which tasks it runs stays as it is.
  await ecs.updateService({ service: "s", desiredCount: 1 });
  assert.deepEqual(asked, []);
  const role = "arn:aws:iam::111122223333:role/balancer";
  await ecs.createService({ serviceName: "t", desiredCount: 0, role, ...service });
  assert.deepEqual(asked, [
    ...definitions,
    [
      role,
      {
        "iam:PassedToService": "ecs.amazonaws.com",
        "iam:AssociatedResourceArn": "arn:aws:ecs:us-east-1:111122223333:service/default/t",
      },
    ],
  ]);
});

test("roles of another account or partition cannot be given to tasks", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({});
  await startFakeAgent(own);
  await ecs.registerTaskDefinition(structuredClone(webDefinition) as never);
  const refused = { name: "AccessDeniedException", message: "Cross-account pass role is not allowed." };
  for (const role of [taskRole.replace("arn:aws:", "arn:aws-cn:"), taskRole.replace("111122223333", "444455556666")]) {
    const definition = structuredClone({ ...webDefinition, family: "other", taskRoleArn: role });
    await assert.rejects(ecs.registerTaskDefinition(definition as never), refused);
    for (const overrides of [{ taskRoleArn: role }, { executionRoleArn: role }]) {
      await assert.rejects(ecs.runTask({ taskDefinition: "web", overrides, networkConfiguration: network }), refused);
      await assert.rejects(
        ecs.startTask({ taskDefinition: "web", containerInstances: ["i"], overrides, networkConfiguration: network }),
        refused,
      );
    }
  }
});

test("a task whose role may not be assumed stops with AWS's reason and is never sent", async () => {
  await using own = await openEcs({ assumeRole: async () => ({ denied: "no trust" }) });
  const { ecs } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition(structuredClone(webDefinition) as never);
  const agent = await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "web", networkConfiguration: network });
  await agent.session().idle();
  const [task] = (await ecs.describeTasks({ tasks: [tasks![0]!.taskArn!] })).tasks!;
  assert.equal(task!.lastStatus, "STOPPED");
  assert.equal(task!.stopCode, "TaskFailedToStart");
  assert.match(
    task!.stoppedReason!,
    /^ECS was unable to assume the role 'arn:aws:iam::111122223333:role\/execution' that was provided for this task\./,
  );
  assert.deepEqual(agent.messages("PayloadMessage"), []);
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

test("StartTask puts a task on the instances that are named", async () => {
  await using own = await openPlain();
  await startFakeAgent(own);
  const second = await startFakeAgent(own);
  const { tasks, failures } = await own.ecs.startTask({
    taskDefinition: "plain:1",
    containerInstances: [second.arn.split("/").at(-1)!, "missing"],
  });
  assert.equal(tasks![0]!.containerInstanceArn, second.arn);
  assert.equal(failures![0]!.reason, "MISSING");
  const { containerInstances } = await own.ecs.describeContainerInstances({ containerInstances: [second.arn] });
  assert.equal(containerInstances![0]!.pendingTasksCount, 1);
  const remaining = containerInstances![0]!.remainingResources!;
  assert.equal(remaining.find(({ name }) => name === "MEMORY")!.integerValue, 4096 - 128);
  assert.deepEqual(remaining.find(({ name }) => name === "PORTS")!.stringSetValue, ["22", "8080"]);
});

test("a cluster's default capacity provider decides where tasks run", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCluster({ defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE" }] });
  await ecs.registerTaskDefinition(structuredClone(webDefinition) as never);
  await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "web", networkConfiguration: network });
  assert.equal(tasks![0]!.launchType, "FARGATE");
});

test("lists that are too long are refused before anyone is asked or anything is read", async () => {
  const asked: string[] = [];
  await using own = await openEcs({ authorize: async (_call, { action }) => void asked.push(action) });
  const { ecs } = own;
  const references = (count: number) => Array.from({ length: count }, (_, index) => `r${index}:1`);
  const attributes = references(11).map((name) => ({ name, targetId: "i" }));
  const calls = [
    ecs.describeTasks({ tasks: references(101) }),
    ecs.describeServices({ services: references(11) }),
    ecs.describeClusters({ clusters: references(101) }),
    ecs.describeContainerInstances({ containerInstances: references(101) }),
    ecs.updateContainerInstancesState({ containerInstances: references(11), status: "ACTIVE" }),
    ecs.putAttributes({ attributes }),
    ecs.deleteTaskDefinitions({ taskDefinitions: references(11) }),
  ];
  for (const call of calls) await assert.rejects(call, /can have at most|At most 10/);
  assert.deepEqual(asked, []);
});
