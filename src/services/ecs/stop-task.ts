import { StopTaskCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../aws/operation.ts";
import { inClusterCondition, resourceTags } from "./access.ts";
import { clusterArn, inCluster } from "./arns.ts";
import { changeTask } from "./change-task.ts";
import type { Ecs } from "./context.ts";
import { describeTask } from "./describe-task.ts";
import { findCluster, findTask } from "./find.ts";
import { requestStop } from "./task-state.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html */
export const stopTask = operation(StopTaskCommand)({
  async access(input, call, context: Ecs) {
    const resource = inCluster(call, clusterArn(call, input.cluster), "task", input.task);
    const conditions = { ...inClusterCondition(call, input.cluster), ...(await resourceTags(context, resource)) };
    return { action: "ecs:StopTask", resource, conditions };
  },
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
