import assert from "node:assert/strict";
import { test } from "node:test";
import { openPlain, startFakeAgent } from "../test-support.fixture.ts";

test("ListTasks finds tasks by what they are, page by page", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await ecs.registerTaskDefinition({ family: "other", containerDefinitions: [{ name: "a", image: "b", memory: 8 }] });
  const agent = await startFakeAgent(own);
  const run = async (input: { taskDefinition: string; count?: number; startedBy?: string }) =>
    (await ecs.runTask(input)).tasks!.map(({ taskArn }) => taskArn!);
  const [plain] = await run({ taskDefinition: "plain", startedBy: "me" });
  const others = await run({ taskDefinition: "other", count: 2 });
  const list = async (input: Parameters<typeof ecs.listTasks>[0]) => (await ecs.listTasks(input)).taskArns;
  assert.deepEqual(await list({ family: "plain" }), [plain]);
  assert.deepEqual(await list({ startedBy: "me" }), [plain]);
  assert.equal((await list({ containerInstance: agent.arn }))!.length, 3);
  assert.deepEqual(await list({ launchType: "FARGATE" }), []);
  assert.deepEqual(await list({ desiredStatus: "PENDING" }), []);
  await ecs.stopTask({ task: plain! });
  assert.deepEqual(await list({ desiredStatus: "STOPPED" }), [plain]);
  const first = await ecs.listTasks({ maxResults: 1 });
  const second = await ecs.listTasks({ maxResults: 1, nextToken: first.nextToken! });
  assert.deepEqual([...first.taskArns!, ...second.taskArns!], [...others].sort());
  assert.equal(second.nextToken, undefined);
});

test("ListTasks refuses a cluster, a service or an instance that is not there", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  await assert.rejects(ecs.listTasks({ cluster: "none" }), { name: "ClusterNotFoundException" });
  await assert.rejects(ecs.listTasks({ serviceName: "none" }), { name: "ServiceNotFoundException" });
  await assert.rejects(ecs.listTasks({ containerInstance: "none" }), {
    message: "The referenced container instance was not found.",
  });
});
