import { SubmitAttachmentStateChangesCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { clusterNeed } from "../clusters/access.ts";
import { activeCluster, findTaggedCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { refuseOtherMachine } from "../instances/registrant.ts";
import { changeTask } from "../tasks/change-task.ts";
import type { Task } from "../tasks/task.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SubmitAttachmentStateChanges.html */
export const submitAttachmentStateChanges = operation(SubmitAttachmentStateChangesCommand)({
  find: (input, call, context: Ecs) => findTaggedCluster(context, call, input.cluster),
  access: clusterNeed,
  async run(found, input, context, call) {
    const cluster = activeCluster(found);
    const attached: string[] = [];
    for (const { attachmentArn = "", status } of input.attachments) {
      const arn = await context.store.interfaces.taskOf(attachmentArn);
      const task = arn === undefined ? undefined : await context.store.tasks.machineOf(cluster.arn, arn);
      if (arn === undefined || !task || status !== "ATTACHED") continue;
      refuseOtherMachine(call.principal, task.instance, "ecs:SubmitAttachmentStateChanges");
      attached.push(arn);
    }
    for (const arn of attached) await changeTask(context, arn, attach);
    return { acknowledgment: call.requestId };
  },
});

function attach(task: Task): Task {
  const { networkInterface } = task;
  if (!networkInterface || networkInterface.status === "ATTACHED" || networkInterface.status === "DELETED") return task;
  return { ...task, version: task.version + 1, networkInterface: { ...networkInterface, status: "ATTACHED" } };
}
