import assert from "node:assert/strict";
import { test } from "node:test";
import { openPlain, startFakeAgent } from "../test-support.fixture.ts";

test("StopTask has the agent stop a task, and keeps the first reason", async () => {
  await using own = await openPlain();
  const { ecs } = own;
  const agent = await startFakeAgent(own);
  const { tasks } = await ecs.runTask({ taskDefinition: "plain" });
  const task = tasks![0]!.taskArn!;
  await agent.obey();
  const stopped = await ecs.stopTask({ task, reason: "enough" });
  assert.deepEqual([stopped.task!.desiredStatus, stopped.task!.lastStatus], ["STOPPED", "RUNNING"]);
  assert.equal((await ecs.stopTask({ task })).task!.stoppedReason, "enough");
  assert.equal((await agent.payload(task)).desiredStatus, "STOPPED");
  await agent.obey();
  assert.equal((await ecs.describeTasks({ tasks: [task] })).tasks![0]!.lastStatus, "STOPPED");
});

test("StopTask without a reason says that a user stopped the task", async () => {
  await using own = await openPlain();
  await startFakeAgent(own);
  const { tasks } = await own.ecs.runTask({ taskDefinition: "plain" });
  const { task } = await own.ecs.stopTask({ task: tasks![0]!.taskArn! });
  assert.deepEqual([task!.stopCode, task!.stoppedReason], ["UserInitiated", "Task stopped by user"]);
});

test("StopTask refuses a task that is not there", async () => {
  await using own = await openPlain();
  await assert.rejects(own.ecs.stopTask({ task: "none" }), {
    name: "InvalidParameterException",
    message: "The referenced task was not found.",
  });
  await assert.rejects(own.ecs.stopTask({ task: "none", cluster: "none" }), { name: "ClusterNotFoundException" });
});
