import { DescribeTasksCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { accessInCluster } from "../access.ts";
import { inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter, refuseMoreThan } from "../errors.ts";
import { findCluster } from "../find.ts";
import { describeTask } from "../tasks/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const describeTasks = operation(DescribeTasksCommand)({
  access: (input, call, context: Ecs) => {
    refuseMoreThan(100, "Tasks", input.tasks);
    return Promise.all(
      input.tasks.map((reference) =>
        accessInCluster("ecs:DescribeTasks", input.cluster, "task", reference, call, context),
      ),
    );
  },
  async run(input, context: Ecs, call) {
    const { store } = context;
    if (input.tasks.length === 0) throw invalidParameter("Tasks cannot be empty.");
    const cluster = await findCluster(context, call, input.cluster);
    const arns = [...new Set(input.tasks.map((reference) => inCluster(call, cluster.arn, "task", reference)))];
    const found = new Map((await store.tasks.findAll(arns)).map((task) => [task.arn, task]));
    const tasks = [];
    const failures = [];
    for (const arn of arns) {
      const task = found.get(arn);
      if (task?.clusterArn !== cluster.arn) failures.push({ arn, reason: "MISSING" });
      else tasks.push(describeTask(task, input.include?.includes("TAGS") ? await store.tags.get(arn) : []));
    }
    return { tasks, failures };
  },
});
