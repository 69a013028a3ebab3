import { DescribeTasksCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { inClusterNeeds } from "../clusters/access.ts";
import { activeCluster } from "../clusters/find.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan, refuseNone } from "../errors.ts";
import { secretTags } from "../secrets/task-tags.ts";
import { mergeTags } from "../tags/tags.ts";
import { findTasks } from "../tasks/find.ts";
import { taskShape } from "../tasks/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const describeTasks = operation(DescribeTasksCommand)({
  find: (input, call, context: Ecs) => {
    refuseMoreThan(100, "Tasks", input.tasks);
    return findTasks(context, call, input.cluster, input.tasks);
  },
  access: inClusterNeeds,
  async run({ cluster, all }, input, context) {
    refuseNone("Tasks", all);
    activeCluster(cluster);
    const tasks = [];
    const failures = [];
    const isTagged = input.include?.includes("TAGS");
    const heldBy = secretTags(context);
    for (const { arn, item: task, tags } of all) {
      if (task) tasks.push(taskShape(task, isTagged ? mergeTags(tags, await heldBy(task)) : []));
      else failures.push({ arn, reason: "MISSING" });
    }
    return { tasks, failures };
  },
});
