import { SubmitContainerStateChangeCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { findCluster, findTask } from "../find.ts";
import { changeTask } from "../tasks/change-task.ts";
import { advance } from "../tasks/state.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SubmitContainerStateChange.html */
export const submitContainerStateChange = operation(SubmitContainerStateChangeCommand)({
  access: onCluster("ecs:SubmitContainerStateChange"),
  async run(input, context: Ecs, call) {
    if (!input.task) throw invalidParameter("Task identifier cannot be empty.");
    const cluster = await findCluster(context, call, input.cluster);
    const { arn } = await findTask(context, call, cluster, input.task);
    const { containerName = "", status, runtimeId, exitCode, reason, networkBindings } = input;
    const container = { name: containerName, status, runtimeId, exitCode, reason, networkBindings };
    await changeTask(context, arn, (task) => advance(task, { at: call.time.getTime(), containers: [container] }));
    return { acknowledgment: call.requestId };
  },
});
