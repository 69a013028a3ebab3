import { UpdateTaskProtectionCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { inClusterNeeds } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter, refuseMoreThan, refuseNone } from "../errors.ts";
import { changeTask } from "../tasks/change-task.ts";
import { findTasks } from "../tasks/find.ts";
import {
  longestProtection,
  protect,
  protectionFailure,
  protectionShape,
  usualProtection,
} from "../tasks/protection.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateTaskProtection.html */
export const updateTaskProtection = operation(UpdateTaskProtectionCommand)({
  find: (input, call, context: Ecs) => {
    refuseMoreThan(10, "Tasks", input.tasks);
    return findTasks(context, call, input.cluster, input.tasks);
  },
  access: inClusterNeeds,
  async run({ cluster, all }, input, context, call) {
    refuseNone("Tasks", all);
    activeCluster(cluster);
    const { expiresInMinutes: minutes = usualProtection, protectionEnabled } = input;
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > longestProtection) {
      throw invalidParameter(`expiresInMinutes must be between 1 and ${longestProtection}.`);
    }
    const now = call.time.getTime();
    const until = protectionEnabled ? now + minutes * 60_000 : undefined;
    const protectedTasks = [];
    const failures = [];
    for (const { arn, item } of all) {
      const failure = protectionFailure(item);
      // The task may stop meanwhile.
      const changed = failure ? undefined : await changeTask(context, arn, (task) => protect(task, until));
      const left = failure ?? protectionFailure(changed);
      if (left || !changed) failures.push({ arn, ...(left ?? { reason: "MISSING" }) });
      else protectedTasks.push(protectionShape(changed, now));
    }
    context.wakes.wake("services");
    return { protectedTasks, failures };
  },
});
