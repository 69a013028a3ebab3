import assert from "node:assert/strict";
import { test } from "node:test";
import { type FakeAgent, openPlain, plainDefinition, startFakeAgent, type TestEcs } from "../test-support.fixture.ts";
import { reconcileServices } from "./reconcile-services.ts";

async function settle({ context }: TestEcs, agents: readonly FakeAgent[]): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await reconcileServices(context);
    for (const agent of agents) await agent.obey();
  }
}

async function shown({ ecs }: TestEcs) {
  const { services } = await ecs.describeServices({ services: ["agent"] });
  const { desiredCount, runningCount, deployments, events } = services![0]!;
  return {
    counts: [desiredCount, runningCount],
    deployments: deployments!,
    events: events!.map(({ message }) => message!),
  };
}

/** The instances that run the service's tasks, sorted; one for each task. */
async function places({ ecs }: TestEcs): Promise<readonly string[]> {
  const { taskArns } = await ecs.listTasks({ serviceName: "agent" });
  if (taskArns!.length === 0) return [];
  const { tasks } = await ecs.describeTasks({ tasks: taskArns! });
  return tasks!.map(({ containerInstanceArn }) => containerInstanceArn!).sort();
}

const sorted = (...agents: readonly FakeAgent[]) => agents.map(({ arn }) => arn).sort();

test("a daemon service has one task on each instance, also on those that join, and none on those that drain", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const first = await startFakeAgent(own);
  const { service } = await ecs.createService({
    ...{ serviceName: "agent", taskDefinition: "plain", schedulingStrategy: "DAEMON" },
  });
  assert.deepEqual(service!.deploymentConfiguration, {
    ...{ deploymentCircuitBreaker: { enable: false, rollback: false }, strategy: "ROLLING", bakeTimeInMinutes: 0 },
    ...{ maximumPercent: 100, minimumHealthyPercent: 0 },
  });
  assert.deepEqual([service!.schedulingStrategy, service!.desiredCount], ["DAEMON", 1]);
  await settle(own, [first]);
  assert.deepEqual(await places(own), sorted(first));
  const { counts, deployments } = await shown(own);
  assert.deepEqual([counts, deployments[0]!.rolloutState, deployments[0]!.desiredCount], [[1, 1], "COMPLETED", 1]);

  const second = await startFakeAgent(own);
  await settle(own, [first, second]);
  assert.deepEqual(await places(own), sorted(first, second));
  assert.deepEqual((await shown(own)).counts, [2, 2]);

  await ecs.updateContainerInstancesState({ containerInstances: [first.arn], status: "DRAINING" });
  await settle(own, [first, second]);
  assert.deepEqual(await places(own), sorted(second));
  assert.deepEqual((await shown(own)).counts, [1, 1]);

  await ecs.updateContainerInstancesState({ containerInstances: [first.arn], status: "ACTIVE" });
  // An agent that is away for a while keeps its task.
  await second.disconnect();
  await settle(own, [first]);
  assert.deepEqual(await places(own), sorted(first, second));

  // It needs no force.
  await ecs.deleteService({ service: "agent" });
  await second.connect();
  await settle(own, [first, second]);
  assert.deepEqual(await places(own), []);
});

test("a daemon's deployment stops each task before it starts the next on that instance, within the minimum", async () => {
  await using own = await openPlain();
  const { ecs, context } = own;
  const agents = [await startFakeAgent(own), await startFakeAgent(own)];
  const deploymentConfiguration = { minimumHealthyPercent: 50 };
  await ecs.createService({
    ...{ serviceName: "agent", taskDefinition: "plain", schedulingStrategy: "DAEMON", deploymentConfiguration },
  });
  await settle(own, agents);
  // Its host port is the same: both would not fit on one instance.
  await ecs.registerTaskDefinition(plainDefinition);
  await ecs.updateService({ service: "agent", taskDefinition: "plain:2" });
  await reconcileServices(context);
  const { taskArns: stopping } = await ecs.listTasks({ serviceName: "agent", desiredStatus: "STOPPED" });
  assert.equal(stopping!.length, 1);
  await settle(own, agents);
  await settle(own, agents);
  assert.deepEqual(await places(own), sorted(...agents));
  const { deployments, events, counts } = await shown(own);
  assert.deepEqual(counts, [2, 2]);
  assert.deepEqual(
    deployments.map(({ taskDefinition, rolloutState }) => [taskDefinition!.split("/").at(-1), rolloutState]),
    [["plain:2", "COMPLETED"]],
  );
  assert.match(events[0]!, /has reached a steady state/);
});

test("a daemon keeps to its constraints, and says where it has no room", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const [able, other] = [await startFakeAgent(own), await startFakeAgent(own)];
  await ecs.putAttributes({ attributes: [{ name: "stack", value: "blue", targetId: able.arn }] });
  await ecs.startTask({ containerInstances: [able.arn], taskDefinition: "plain" });
  await ecs.createService({
    ...{ serviceName: "agent", taskDefinition: "plain", schedulingStrategy: "DAEMON" },
    placementConstraints: [{ type: "memberOf", expression: "attribute:stack == blue" }],
  });
  await settle(own, [able, other]);
  assert.deepEqual(await places(own), []);
  const { counts, events } = await shown(own);
  assert.deepEqual(counts, [1, 0]);
  assert.match(events[0]!, /is already using a port required by your task/);
});
