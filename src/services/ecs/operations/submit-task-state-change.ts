import { type ContainerStateChange, SubmitTaskStateChangeCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { onCluster } from "../access.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { findCluster, findTask } from "../find.ts";
import { changeTask } from "../tasks/change-task.ts";
import { advance, type ContainerObservation } from "../tasks/state.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SubmitTaskStateChange.html */
export const submitTaskStateChange = operation(SubmitTaskStateChangeCommand)({
  access: onCluster("ecs:SubmitTaskStateChange"),
  async run(input, context: Ecs, call) {
    if (!input.task) throw invalidParameter("Task identifier cannot be empty.");
    const cluster = await findCluster(context, call, input.cluster);
    const { arn } = await findTask(context, call, cluster, input.task);
    await changeTask(context, arn, (task) =>
      advance(task, {
        at: call.time.getTime(),
        status: input.status,
        reason: input.reason,
        containers: input.containers?.map(toObservation),
        pullStartedAt: input.pullStartedAt?.getTime(),
        pullStoppedAt: input.pullStoppedAt?.getTime(),
        executionStoppedAt: input.executionStoppedAt?.getTime(),
      }),
    );
    return { acknowledgment: call.requestId };
  },
});

function toObservation({ containerName, ...change }: ContainerStateChange): ContainerObservation {
  return { name: containerName ?? "", ...change };
}
