import { SubmitContainerStateChangeCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { changeTask } from "../tasks/change-task.ts";
import { findReported, reportedTask, reportNeed } from "../tasks/reported.ts";
import { advance } from "../tasks/state.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SubmitContainerStateChange.html */
export const submitContainerStateChange = operation(SubmitContainerStateChangeCommand)({
  find: (input, call, context: Ecs) => findReported(context, call, input),
  access: reportNeed,
  async run(found, input, context, call) {
    const arn = reportedTask(found, call, "ecs:SubmitContainerStateChange");
    const { containerName = "", status, runtimeId, exitCode, reason, networkBindings } = input;
    const container = { name: containerName, status, runtimeId, exitCode, reason, networkBindings };
    await changeTask(context, arn, (task) => advance(task, { at: call.time.getTime(), containers: [container] }));
    return { acknowledgment: call.requestId };
  },
});
