import assert from "node:assert/strict";
import { test } from "node:test";
import { waitUntilServicesInactive, waitUntilServicesStable } from "@aws-sdk/client-ecs";
import { databases } from "../../test/support/databases.ts";
import { type AgentOptions, openEcs, startFakeAgent, waiting } from "../services/ecs/test-support.fixture.ts";
import { expiryInterval, stoppedTasksKept } from "./expiry.ts";
import { soleLeases, startLoops } from "./index.ts";
import { servicesInterval } from "./services.ts";

const none = async () => {};

async function openService(options: { agent?: AgentOptions; database?: Parameters<typeof openEcs>[0] } = {}) {
  const own = await openEcs(options.database);
  const { ecs, context, clock, timers } = own;
  await ecs.createCluster({});
  for (const image of ["one", "two"]) {
    await ecs.registerTaskDefinition({ family: "web", containerDefinitions: [{ name: "app", image, memory: 128 }] });
  }
  const agent = await startFakeAgent(own, options.agent);
  const loops = startLoops(
    {
      ecs: context,
      rotator: { rotateDue: async () => {} },
      purge: none,
      writeUses: none,
      settleEvents: none,
      deliverLogs: async () => {},
      tendImages: async () => {},
      tendLogs: async () => false,
    },
    { timers, onError: context.onError, wakes: context.wakes, leases: soleLeases("replica") },
  );
  await loops.idle();
  return {
    ecs,
    agent,
    clock,
    timers,
    context,
    loops,
    /** Lets the loops and the agent act until neither has anything to do. */
    async settle() {
      for (let round = 0; round < 12; round++) {
        await loops.idle();
        await agent.obey();
      }
      await loops.idle();
    },
    async describe(name = "web") {
      return (await ecs.describeServices({ services: [name] })).services![0]!;
    },
    async images() {
      const { taskArns } = await ecs.listTasks({ serviceName: "web" });
      if (taskArns!.length === 0) return [];
      const { tasks } = await ecs.describeTasks({ tasks: taskArns! });
      return tasks!.map(({ containers }) => containers![0]!.image);
    },
    async [Symbol.asyncDispose]() {
      await agent.disconnect();
      await loops[Symbol.asyncDispose]();
      await own[Symbol.asyncDispose]();
    },
  };
}

for (const { name, open } of databases()) {
  test(`a service is started, scaled, updated and deleted (${name})`, async () => {
    await using own = await openService({ database: { database: await open() } });
    const { ecs } = own;
    const { service } = await ecs.createService({ serviceName: "web", taskDefinition: "web:1", desiredCount: 2 });
    assert.equal(service!.deployments![0]!.rolloutState, "IN_PROGRESS");
    assert.match(service!.deployments![0]!.id!, /^ecs-svc\/\d{19}$/);
    await own.settle();
    await waitUntilServicesStable({ client: ecs, ...waiting }, { services: ["web"] });
    const stable = await own.describe();
    assert.equal(stable.runningCount, 2);
    assert.equal(stable.deployments![0]!.rolloutState, "COMPLETED");
    const messages = stable.events!.map(({ message }) => message!).reverse();
    assert.match(messages[0]!, /^\(service web\) has started 2 tasks: \(task [0-9a-f]{32}\) \(task [0-9a-f]{32}\)\.$/);
    assert.equal(messages.at(-1), "(service web) has reached a steady state.");

    await ecs.updateService({ service: "web", desiredCount: 3 });
    await own.settle();
    assert.equal((await own.describe()).runningCount, 3);
    await ecs.updateService({ service: "web", desiredCount: 1 });
    await own.settle();
    assert.deepEqual(await own.images(), ["one"]);

    await ecs.updateService({ service: "web", taskDefinition: "web:2" });
    assert.deepEqual(
      (await own.describe()).deployments!.map(({ status }) => status),
      ["PRIMARY", "ACTIVE"],
    );
    await own.settle();
    await waitUntilServicesStable({ client: ecs, ...waiting }, { services: ["web"] });
    assert.deepEqual(await own.images(), ["two"]);
    const { tasks } = await ecs.describeTasks({ tasks: (await ecs.listTasks({ desiredStatus: "STOPPED" })).taskArns! });
    assert(tasks!.every(({ stopCode }) => stopCode === "ServiceSchedulerInitiated"));
    assert.match(tasks![0]!.stoppedReason!, /^Scaling activity initiated by \(deployment ecs-svc\/\d{19}\)$/);

    await assert.rejects(ecs.deleteService({ service: "web" }), {
      name: "InvalidParameterException",
      message: "The service cannot be stopped while it is scaled above 0.",
    });
    assert.equal((await ecs.deleteService({ service: "web", force: true })).service!.status, "DRAINING");
    await own.settle();
    await waitUntilServicesInactive({ client: ecs, ...waiting }, { services: ["web"] });
    assert.deepEqual((await ecs.listServices({})).serviceArns, []);
    await assert.rejects(ecs.updateService({ service: "web", desiredCount: 1 }), { name: "ServiceNotActiveException" });
  });
}

test("UpdateService with forceNewDeployment replaces every task though nothing changed", async () => {
  await using own = await openService();
  const { ecs } = own;
  await ecs.createService({ serviceName: "web", taskDefinition: "web:1", desiredCount: 2 });
  await own.settle();
  const before = (await ecs.listTasks({ serviceName: "web" })).taskArns!;
  await ecs.updateService({ service: "web", forceNewDeployment: true });
  await own.settle();
  const after = (await ecs.listTasks({ serviceName: "web" })).taskArns!;
  assert.equal(after.length, 2);
  assert.deepEqual(
    after.filter((arn) => before.includes(arn)),
    [],
  );
  assert.equal((await own.describe()).deployments!.length, 1);
});

test("a service's task that ends is replaced, after a wait where it keeps ending", async () => {
  await using own = await openService();
  const { ecs, agent, timers, clock } = own;
  await ecs.createService({ serviceName: "web", taskDefinition: "web:1", desiredCount: 1 });
  await own.settle();
  const [first] = (await ecs.listTasks({ serviceName: "web" })).taskArns!;
  await agent.tell(first!, "STOPPED", { containers: [{ containerName: "app", status: "STOPPED", exitCode: 1 }] });
  await own.settle();
  assert.deepEqual((await ecs.listTasks({ serviceName: "web" })).taskArns, []);
  clock.advance(1_000);
  timers.fire(servicesInterval);
  await own.settle();
  const [second] = (await ecs.listTasks({ serviceName: "web" })).taskArns!;
  assert.notEqual(second, first);
  assert.equal((await own.describe()).runningCount, 1);
});

test("a service that finds no room says which instance came closest, once, and goes on when there is room", async () => {
  await using own = await openService({ agent: { memory: 200 } });
  const { ecs, timers } = own;
  await ecs.createService({ serviceName: "web", taskDefinition: "web:1", desiredCount: 2 });
  await own.settle();
  timers.fire(servicesInterval);
  await own.settle();
  const { events, runningCount } = await own.describe();
  assert.equal(runningCount, 1);
  const unable = events!.filter(({ message }) => message!.includes("unable to place"));
  assert.equal(unable.length, 1);
  assert.equal(
    unable[0]!.message,
    `(service web) was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance ${own.agent.arn.split("/").at(-1)}) has insufficient memory available. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
  );
  const second = await startFakeAgent(own);
  await own.loops.idle();
  assert.equal((await ecs.listTasks({ containerInstance: second.arn })).taskArns!.length, 1);
  await second.disconnect();
});

test("the circuit breaker rolls back to the deployment that completed last", async () => {
  await using own = await openService();
  const { ecs, agent, timers, clock } = own;
  const deploymentCircuitBreaker = { enable: true, rollback: true };
  await ecs.createService({
    serviceName: "web",
    taskDefinition: "web:1",
    desiredCount: 1,
    deploymentConfiguration: { deploymentCircuitBreaker },
  });
  await own.settle();
  await ecs.updateService({ service: "web", taskDefinition: "web:2" });
  for (let attempt = 0; attempt < 3; attempt++) {
    await own.loops.idle();
    for (const task of await own.context.store.tasks.liveOn(agent.arn)) {
      if (task.revision === 2) await agent.tell(task.arn, "STOPPED", { reason: "CannotPull", containers: [] });
    }
    clock.advance(10_000);
    timers.fire(servicesInterval);
  }
  timers.fire(servicesInterval);
  await own.settle();
  const service = await own.describe();
  assert.deepEqual(await own.images(), ["one"]);
  assert.equal(service.deployments!.length, 1);
  assert.equal(service.deployments![0]!.rolloutState, "COMPLETED");
  assert.match(service.taskDefinition!, /web:1$/);
  assert.equal(
    service.events!.filter(({ message }) => message!.endsWith("deployment failed: tasks failed to start.")).length,
    1,
  );
});

test("draining an instance moves its service tasks to another", async () => {
  await using own = await openService();
  const { ecs, agent } = own;
  await ecs.createService({ serviceName: "web", taskDefinition: "web:1", desiredCount: 1 });
  await own.settle();
  const second = await startFakeAgent(own);
  await ecs.updateContainerInstancesState({ containerInstances: [agent.arn], status: "DRAINING" });
  for (let round = 0; round < 6; round++) {
    await own.loops.idle();
    await second.obey();
    await agent.obey();
  }
  assert.deepEqual((await ecs.listTasks({ containerInstance: agent.arn })).taskArns, []);
  assert.equal((await ecs.listTasks({ containerInstance: second.arn })).taskArns!.length, 1);
  await second.disconnect();
});

test("a task definition that is being deleted goes once its last task has stopped", async () => {
  await using own = await openService();
  const { ecs, agent, timers } = own;
  await ecs.registerTaskDefinition({ family: "job", containerDefinitions: [{ name: "a", image: "b", memory: 8 }] });
  const { tasks } = await ecs.runTask({ taskDefinition: "job" });
  await agent.obey();
  await ecs.deregisterTaskDefinition({ taskDefinition: "job:1" });
  await ecs.deleteTaskDefinitions({ taskDefinitions: ["job:1"] });
  const listed = async () =>
    (await ecs.listTaskDefinitions({ status: "DELETE_IN_PROGRESS" })).taskDefinitionArns!.length;
  timers.fire(expiryInterval);
  await own.loops.idle();
  assert.equal(await listed(), 1);
  await ecs.stopTask({ task: tasks![0]!.taskArn! });
  await agent.obey();
  timers.fire(expiryInterval);
  await own.loops.idle();
  assert.equal(await listed(), 0);
});

test("a stopped task is remembered for an hour, then forgotten", async () => {
  await using own = await openService();
  const { ecs, agent, clock, timers } = own;
  const { tasks } = await ecs.runTask({ taskDefinition: "web:1" });
  const arn = tasks![0]!.taskArn!;
  await agent.obey();
  await ecs.stopTask({ task: arn });
  await agent.obey();
  const known = async () => (await ecs.describeTasks({ tasks: [arn] })).tasks!.length;
  clock.advance(stoppedTasksKept);
  timers.fire(expiryInterval);
  await own.loops.idle();
  assert.equal(await known(), 1);
  clock.advance(1);
  timers.fire(expiryInterval);
  await own.loops.idle();
  assert.equal(await known(), 0);
});
