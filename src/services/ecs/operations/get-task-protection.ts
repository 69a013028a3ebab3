import { GetTaskProtectionCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { inClusterNeeds } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan, refuseNone } from "../errors.ts";
import { findTasks } from "../tasks/find.ts";
import { protectionFailure, protectionShape } from "../tasks/protection.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_GetTaskProtection.html */
export const getTaskProtection = operation(GetTaskProtectionCommand)({
  find: (input, call, context: Ecs) => {
    refuseMoreThan(100, "Tasks", input.tasks ?? []);
    return findTasks(context, call, input.cluster, input.tasks ?? []);
  },
  access: inClusterNeeds,
  run({ cluster, all }, _input, _context, call) {
    refuseNone("Tasks", all);
    activeCluster(cluster);
    const protectedTasks = [];
    const failures = [];
    for (const { arn, item } of all) {
      const failure = protectionFailure(item);
      if (failure || !item) failures.push({ arn, ...(failure ?? { reason: "MISSING" }) });
      else protectedTasks.push(protectionShape(item, call.time.getTime()));
    }
    return Promise.resolve({ protectedTasks, failures });
  },
});
