import { StopTaskCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { inClusterNeed } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { changeTask } from "../tasks/change-task.ts";
import { existingTask, findTask, taskNotFound } from "../tasks/find.ts";
import { taskShape } from "../tasks/shape.ts";
import { requestStop } from "../tasks/state.ts";

/** Characters. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html */
const longestReason = 1024;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html */
export const stopTask = operation(StopTaskCommand)({
  find: (input, call, context: Ecs) => findTask(context, call, input.cluster, input.task),
  access: inClusterNeed,
  async run(found, input, context, call) {
    activeCluster(found.cluster);
    const { arn } = existingTask(found);
    const reason = input.reason || "Task stopped by user";
    if (reason.length > longestReason) throw invalidParameter(`reason can have at most ${longestReason} characters.`);
    const at = call.time.getTime();
    const task = await changeTask(context, arn, (current) =>
      requestStop(current, { at, code: "UserInitiated", reason }),
    );
    if (!task) throw taskNotFound();
    return { task: taskShape(task, found.tags) };
  },
});
