import { type ContainerStateChange, SubmitTaskStateChangeCommand } from "@aws-sdk/client-ecs";
import { heldIn } from "../../../acs/held-secrets.ts";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { changeTask } from "../tasks/change-task.ts";
import { findReported, reportedTask, reportNeed } from "../tasks/reported.ts";
import { advance, type ContainerObservation } from "../tasks/state.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SubmitTaskStateChange.html */
export const submitTaskStateChange = operation(SubmitTaskStateChangeCommand)({
  find: (input, call, context: Ecs) => findReported(context, call, input),
  access: reportNeed,
  async run(found, input, context, call) {
    await changeTask(context, reportedTask(found, call, "ecs:SubmitTaskStateChange"), (task) =>
      advance(task, {
        at: call.time.getTime(),
        status: input.status,
        reason: input.reason,
        containers: input.containers?.map(toObservation),
        managedAgents: input.managedAgents?.map(({ containerName, status, reason }) => ({
          ...{ container: containerName, status, reason },
        })),
        held: heldIn(input.attachments ?? []),
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
