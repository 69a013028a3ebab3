import { StopTaskCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { accessInCluster } from "../access.ts";
import type { Ecs } from "../context.ts";
import { findCluster, findTask } from "../find.ts";
import { changeTask } from "../tasks/change-task.ts";
import { describeTask } from "../tasks/shape.ts";
import { requestStop } from "../tasks/state.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html */
export const stopTask = operation(StopTaskCommand)({
  access: (input, call, context: Ecs) =>
    accessInCluster("ecs:StopTask", input.cluster, "task", input.task, call, context),
  async run(input, context: Ecs, call) {
    const cluster = await findCluster(context, call, input.cluster);
    const { arn } = await findTask(context, call, cluster, input.task);
    const reason = input.reason || "Task stopped by user";
    const at = call.time.getTime();
    const task = await changeTask(context, arn, (current) =>
      requestStop(current, { at, code: "UserInitiated", reason }),
    );
    return { task: describeTask(task!, await context.store.tags.get(arn)) };
  },
});
