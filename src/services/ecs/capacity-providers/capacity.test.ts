import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { reconcileServices } from "../services/reconcile-services.ts";
import { network, openEcs, startFakeAgent, type TestOptions, webDefinition } from "../test-support.fixture.ts";

async function openFargate(options: TestOptions = {}) {
  const own = await openEcs(options);
  await own.ecs.createCluster({ capacityProviders: ["FARGATE", "FARGATE_SPOT"] });
  await own.ecs.registerTaskDefinition(webDefinition());
  return own;
}

const web = { taskDefinition: "web", networkConfiguration: network };
const item = (capacityProvider: string, weight: number, base?: number) => ({
  capacityProvider,
  weight,
  ...(base !== undefined && { base }),
});
const mixed = [item("FARGATE", 1, 1), item("FARGATE_SPOT", 3)];

function namesOf(tasks: readonly { readonly capacityProviderName?: string | undefined }[] = []): string[] {
  return tasks.map(({ capacityProviderName = "" }) => capacityProviderName).sort();
}

test("RunTask splits its tasks over the strategy, and DescribeTasks shows each one's provider", async () => {
  await using own = await openFargate();
  const { ecs } = own;
  await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ ...web, count: 5, capacityProviderStrategy: mixed });
  const described = await ecs.describeTasks({ tasks: tasks!.map(({ taskArn }) => taskArn!) });
  const [fargate, spot] = ["FARGATE", "FARGATE_SPOT"];
  assert.deepEqual(namesOf(described.tasks), [fargate, fargate, spot, spot, spot]);
  assert.deepEqual(new Set(described.tasks!.map(({ launchType }) => launchType)), new Set(["FARGATE"]));
  const plain = await ecs.runTask({ ...web, launchType: "FARGATE" });
  assert.equal(plain.tasks![0]!.capacityProviderName, undefined);
});

test("a strategy is refused in AWS's words where no task could be placed by it", async () => {
  await using own = await openFargate();
  const { ecs } = own;
  await ecs.createCluster({ clusterName: "bare" });
  const cases = [
    [
      { capacityProviderStrategy: mixed, launchType: "FARGATE" },
      "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    ],
    [
      { capacityProviderStrategy: mixed, cluster: "bare" },
      "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.",
    ],
    [{ capacityProviderStrategy: [item("FARGATE", 0)] }, /^There are no capacity providers in the capacity provider/],
    [{ launchType: "MANAGED_INSTANCES" }, "Launch type MANAGED_INSTANCES is not supported."],
  ] as const;
  for (const [input, message] of cases) {
    const given = structuredClone(input) as { launchType?: "FARGATE" };
    await assert.rejects(ecs.runTask({ ...web, ...given }), { name: "InvalidParameterException", message });
    await assert.rejects(ecs.createService({ ...web, serviceName: "web", desiredCount: 1, ...given }), { message });
  }
  await ecs.putClusterCapacityProviders({
    cluster: "default",
    capacityProviders: ["FARGATE"],
    defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE" }],
  });
  await assert.rejects(ecs.runTask(web), {
    message: /^There are no capacity providers with a weight value greater than zero defined in the default capacity/,
  });
});

for (const { name, open } of databases()) {
  test(`a service keeps to its strategy as it grows and shrinks (${name})`, async () => {
    await using own = await openFargate({ database: await open() });
    const { ecs, context } = own;
    const agent = await startFakeAgent(own, { cpu: 8192, memory: 16384 });
    const { service } = await ecs.createService({
      ...{ ...web, serviceName: "web", desiredCount: 5 },
      capacityProviderStrategy: mixed,
    });
    assert.deepEqual(service!.capacityProviderStrategy, [
      { capacityProvider: "FARGATE", weight: 1, base: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 3, base: 0 },
    ]);
    assert.equal(service!.launchType, undefined);
    assert.deepEqual(service!.deployments![0]!.capacityProviderStrategy, service!.capacityProviderStrategy);
    const providers = async () => {
      for (let round = 0; round < 4; round++) {
        await reconcileServices(context);
        await agent.obey();
      }
      const { taskArns } = await ecs.listTasks({ serviceName: "web" });
      return namesOf((await ecs.describeTasks({ tasks: taskArns! })).tasks).map((provider) => provider.slice(7));
    };
    assert.deepEqual(await providers(), ["", "", "_SPOT", "_SPOT", "_SPOT"]);
    await ecs.updateService({ service: "web", desiredCount: 9 });
    assert.deepEqual(await providers(), ["", "", "", ...Array(6).fill("_SPOT")]);
    await ecs.updateService({ service: "web", desiredCount: 5 });
    assert.deepEqual(await providers(), ["", "", "_SPOT", "_SPOT", "_SPOT"]);
    await ecs.updateService({ service: "web", desiredCount: 1 });
    assert.deepEqual(await providers(), [""]);
  });
}

test("UpdateService changes a strategy with a new deployment only", async () => {
  await using own = await openFargate();
  const { ecs } = own;
  const on = (capacityProvider: string) => ({ capacityProviderStrategy: [item(capacityProvider, 1)] });
  await ecs.createService({ ...web, serviceName: "web", desiredCount: 0, ...on("FARGATE") });
  const forced = {
    name: "InvalidParameterException",
    message:
      "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.",
  };
  await assert.rejects(ecs.updateService({ service: "web", ...on("FARGATE_SPOT") }), forced);
  await assert.rejects(ecs.updateService({ service: "web", capacityProviderStrategy: [] }), forced);
  const same = await ecs.updateService({ service: "web", ...on("FARGATE") });
  assert.equal(same.service!.deployments!.length, 1);
  const { service } = await ecs.updateService({ service: "web", forceNewDeployment: true, ...on("FARGATE_SPOT") });
  assert.equal(service!.capacityProviderStrategy![0]!.capacityProvider, "FARGATE_SPOT");
  assert.deepEqual(
    service!.deployments!.map(({ capacityProviderStrategy: [first] = [] }) => first!.capacityProvider),
    ["FARGATE_SPOT", "FARGATE"],
  );
  const back = await ecs.updateService({ service: "web", forceNewDeployment: true, capacityProviderStrategy: [] });
  assert.deepEqual([back.service!.launchType, back.service!.capacityProviderStrategy], ["FARGATE", undefined]);
  await assert.rejects(ecs.updateService({ service: "web", ...on("FARGATE") }), forced);
});

test("tasks of an Auto Scaling group's provider go to its machines, and to those that are nobody's", async () => {
  await using own = await openEcs();
  const { ecs } = own;
  await ecs.createCapacityProvider({ name: "blue", autoScalingGroupProvider: { autoScalingGroupArn: "blue" } });
  await ecs.createCluster({
    capacityProviders: ["blue"],
    defaultCapacityProviderStrategy: [{ capacityProvider: "blue", weight: 1 }],
  });
  await ecs.registerTaskDefinition({ family: "small", containerDefinitions: [{ name: "a", image: "b", memory: 8 }] });
  const agent = await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "small" });
  assert.deepEqual([tasks![0]!.launchType, tasks![0]!.capacityProviderName], ["EC2", "blue"]);
  const attribute = { name: "sealift.capacity-provider", value: "green", targetId: agent.arn };
  await ecs.putAttributes({ attributes: [attribute] });
  await assert.rejects(ecs.runTask({ taskDefinition: "small" }), { message: /^No Container Instances were found/ });
  await ecs.putAttributes({ attributes: [{ ...attribute, value: "blue" }] });
  assert.equal((await ecs.runTask({ taskDefinition: "small" })).tasks!.length, 1);
  const { containerInstances } = await ecs.describeContainerInstances({ containerInstances: [agent.arn] });
  assert.equal(containerInstances![0]!.capacityProviderName, "blue");
});
