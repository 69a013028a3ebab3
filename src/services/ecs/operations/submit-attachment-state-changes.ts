import { SubmitAttachmentStateChangesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import type { Ecs } from "../context.ts";
import { findCluster } from "../find.ts";
import type { Task } from "../model.ts";
import { changeTask } from "../tasks/change-task.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SubmitAttachmentStateChanges.html */
export const submitAttachmentStateChanges = operation(SubmitAttachmentStateChangesCommand)({
  access: onCluster("ecs:SubmitAttachmentStateChanges"),
  async run(input, context: Ecs, call) {
    const cluster = await findCluster(context, call, input.cluster);
    const live = (await context.store.tasks.allLive()).filter((task) => task.clusterArn === cluster.arn);
    for (const { attachmentArn, status } of input.attachments) {
      const task = live.find(({ networkInterface }) => networkInterface?.attachmentArn === attachmentArn);
      if (task && status === "ATTACHED") await changeTask(context, task.arn, attach);
    }
    return { acknowledgment: call.requestId };
  },
});

function attach(task: Task): Task {
  const { networkInterface } = task;
  if (!networkInterface || networkInterface.status === "ATTACHED" || networkInterface.status === "DELETED") return task;
  return { ...task, version: task.version + 1, networkInterface: { ...networkInterface, status: "ATTACHED" } };
}
