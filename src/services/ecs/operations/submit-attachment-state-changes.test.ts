import assert from "node:assert/strict";
import { test } from "node:test";
import { network, openEcs, startFakeAgent, webDefinition } from "../test-support.fixture.ts";

test("SubmitAttachmentStateChanges marks the interface of a task as attached", async () => {
  await using own = await openEcs();
  const { ecs, context } = own;
  await ecs.createCluster({});
  await ecs.createCluster({ clusterName: "other" });
  await ecs.registerTaskDefinition(webDefinition());
  await startFakeAgent(own, { acknowledge: false });
  const { tasks } = await ecs.runTask({ taskDefinition: "web", networkConfiguration: network });
  const task = tasks![0]!.taskArn!;
  const { attachmentArn } = (await context.store.tasks.find(task))!.networkInterface!;
  const status = async () => (await ecs.describeTasks({ tasks: [task] })).tasks![0]!.attachments![0]!.status;
  const attachments = [{ attachmentArn, status: "ATTACHED" }];
  await ecs.submitAttachmentStateChanges({ cluster: "other", attachments });
  await ecs.submitAttachmentStateChanges({ attachments: [{ attachmentArn: "none", status: "ATTACHED" }] });
  assert.equal(await status(), "PRECREATED");
  await ecs.submitAttachmentStateChanges({ attachments });
  assert.equal(await status(), "ATTACHED");
});

test("SubmitAttachmentStateChanges refuses a cluster that is not there", async () => {
  await using own = await openEcs();
  await assert.rejects(own.ecs.submitAttachmentStateChanges({ attachments: [] }), { name: "ClusterNotFoundException" });
});
