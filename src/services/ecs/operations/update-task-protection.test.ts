import assert from "node:assert/strict";
import { test } from "node:test";
import { databases } from "../../../../test/support/databases.ts";
import { reconcileServices } from "../services/reconcile-services.ts";
import { openEcs, startFakeAgent, type TestOptions } from "../test-support.fixture.ts";

async function openService(desiredCount: number, options: TestOptions = {}) {
  const own = await openEcs(options);
  const { ecs, context } = own;
  await ecs.createCluster({});
  await ecs.registerTaskDefinition({ family: "small", containerDefinitions: [{ name: "a", image: "b", memory: 8 }] });
  const agent = await startFakeAgent(own);
  await ecs.createService({ serviceName: "web", taskDefinition: "small", desiredCount });
  const settle = async () => {
    for (let round = 0; round < 4; round++) {
      await reconcileServices(context);
      await agent.obey();
    }
    return (await ecs.listTasks({ serviceName: "web" })).taskArns!;
  };
  return { ...own, agent, settle, tasks: await settle() };
}

const cluster = "default";

for (const { name, open } of databases()) {
  test(`UpdateTaskProtection keeps a task when its service shrinks, until it expires (${name})`, async () => {
    await using own = await openService(3, { database: await open() });
    const { ecs, clock, settle } = own;
    const [first] = own.tasks;
    const { protectedTasks } = await ecs.updateTaskProtection({
      ...{ cluster, tasks: [first!], protectionEnabled: true, expiresInMinutes: 5 },
    });
    const expirationDate = new Date(clock.now().getTime() + 5 * 60_000);
    assert.deepEqual(protectedTasks, [{ taskArn: first, protectionEnabled: true, expirationDate }]);
    await ecs.updateService({ service: "web", desiredCount: 1 });
    assert.deepEqual(await settle(), [first]);
    await ecs.updateService({ service: "web", desiredCount: 0 });
    assert.deepEqual(await settle(), [first]);
    clock.advance(5 * 60_000);
    assert.deepEqual(await settle(), []);
  });
}

test("UpdateTaskProtection keeps a task when its service is deployed, until it is unprotected", async () => {
  await using own = await openService(2);
  const { ecs, settle } = own;
  const [first] = own.tasks;
  await ecs.updateTaskProtection({ cluster, tasks: [first!], protectionEnabled: true });
  await ecs.updateService({ service: "web", forceNewDeployment: true });
  const during = await settle();
  assert.equal(during.length, 3);
  assert.ok(during.includes(first!));
  const { protectedTasks } = await ecs.updateTaskProtection({ cluster, tasks: [first!], protectionEnabled: false });
  assert.deepEqual(protectedTasks, [{ taskArn: first, protectionEnabled: false }]);
  const after = await settle();
  assert.equal(after.length, 2);
  assert.ok(!after.includes(first!));
});

test("UpdateTaskProtection does not keep tasks of a service that is deleted, nor from StopTask", async () => {
  await using own = await openService(2);
  const { ecs, agent, settle } = own;
  const [first] = own.tasks;
  await ecs.updateTaskProtection({ cluster, tasks: own.tasks, protectionEnabled: true });
  await ecs.stopTask({ task: first! });
  await agent.obey();
  assert.ok(!(await settle()).includes(first!));
  await ecs.deleteService({ service: "web", force: true });
  assert.deepEqual(await settle(), []);
});

test("UpdateTaskProtection fails for tasks that are missing, stopped or of no service, and refuses limits that are passed", async () => {
  await using own = await openService(1);
  const { ecs, agent } = own;
  const { tasks } = await ecs.runTask({ taskDefinition: "small" });
  const [served] = own.tasks;
  await ecs.stopTask({ task: served! });
  await agent.obey();
  const missing = "arn:aws:ecs:us-east-1:111122223333:task/default/none";
  const { failures, protectedTasks } = await ecs.updateTaskProtection({
    ...{ cluster, tasks: ["none", tasks![0]!.taskArn!, served!], protectionEnabled: true },
  });
  assert.deepEqual(protectedTasks, []);
  assert.deepEqual(
    failures!.map(({ arn, reason }) => [arn, reason]),
    [
      [missing, "MISSING"],
      [tasks![0]!.taskArn!, "TASK_NOT_VALID"],
      [served, "TASK_NOT_VALID"],
    ],
  );
  for (const expiresInMinutes of [0, 2881]) {
    await assert.rejects(
      ecs.updateTaskProtection({ cluster, tasks: ["none"], protectionEnabled: true, expiresInMinutes }),
      { name: "InvalidParameterException", message: "expiresInMinutes must be between 1 and 2880." },
    );
  }
  await assert.rejects(ecs.updateTaskProtection({ cluster, tasks: Array(11).fill("a"), protectionEnabled: true }), {
    message: "Tasks can have at most 10 items.",
  });
  await assert.rejects(ecs.updateTaskProtection({ cluster, tasks: [], protectionEnabled: true }), {
    message: "Tasks cannot be empty.",
  });
});
