import assert from "node:assert/strict";
import { test } from "node:test";
import { openPlain, startFakeAgent } from "../test-support.fixture.ts";

async function openTask() {
  const own = await openPlain();
  const agent = await startFakeAgent(own);
  const { tasks } = await own.ecs.runTask({ taskDefinition: "plain" });
  return { own, agent, task: tasks![0]!.taskArn! };
}

test("SubmitTaskStateChange moves a task forward, with what the agent says of its containers", async () => {
  const { own, task } = await openTask();
  await using _ = own;
  const { ecs } = own;
  const containers = [{ containerName: "app", status: "RUNNING", runtimeId: "id", imageDigest: "sha256:1" }];
  const { acknowledgment } = await ecs.submitTaskStateChange({ task, status: "RUNNING", containers });
  assert.equal(typeof acknowledgment, "string");
  const describe = async () => (await ecs.describeTasks({ tasks: [task] })).tasks![0]!;
  const running = await describe();
  assert.equal(running.lastStatus, "RUNNING");
  assert.deepEqual([running.containers![0]!.runtimeId, running.containers![0]!.imageDigest], ["id", "sha256:1"]);
  await ecs.submitTaskStateChange({ task, status: "STOPPED", reason: "It ended" });
  await ecs.submitTaskStateChange({ task, status: "RUNNING" });
  const stopped = await describe();
  assert.deepEqual([stopped.lastStatus, stopped.stoppedReason], ["STOPPED", "It ended"]);
});

test("SubmitTaskStateChange takes what the agent tells of the secrets that a task holds, all of them at once", async () => {
  const { own, task } = await openTask();
  await using _ = own;
  const { ecs, context } = own;
  const arn = "arn:aws:ssm:us-east-1:111122223333:parameter/key";
  const held = async () => (await context.store.tasks.find(task))!.held;
  const tell = (status: string, attachments: { attachmentArn: string; status: string }[] = []) =>
    ecs.submitTaskStateChange({ task, status, attachments });
  await tell("RUNNING", [
    { attachmentArn: arn, status: "1 app" },
    { attachmentArn: `${arn}2`, status: "4 app" },
  ]);
  const secret = (version: string) => ({ from: "agent", secrets: [{ arn, version, containers: ["app"] }] });
  assert.equal((await held())?.secrets.length, 2);
  await tell("RUNNING", [{ attachmentArn: arn, status: "2 app" }]);
  assert.deepEqual(await held(), secret("2"));
  await tell("STOPPED");
  assert.deepEqual(await held(), secret("2"));
});

test("SubmitTaskStateChange refuses a task that is not there or not named", async () => {
  const { own, task } = await openTask();
  await using _ = own;
  const { ecs } = own;
  await ecs.createCluster({ clusterName: "other" });
  await assert.rejects(ecs.submitTaskStateChange({}), { message: "Task identifier cannot be empty." });
  const missing = { name: "InvalidParameterException", message: "The referenced task was not found." };
  await assert.rejects(ecs.submitTaskStateChange({ task: "none" }), missing);
  await assert.rejects(ecs.submitTaskStateChange({ cluster: "other", task }), /Identifier is for cluster default/);
  const id = task.slice(task.lastIndexOf("/") + 1);
  await assert.rejects(ecs.submitTaskStateChange({ cluster: "none", task: id }), { name: "ClusterNotFoundException" });
});
