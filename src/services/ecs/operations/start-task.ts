import { type Failure, StartTaskCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { effectiveSetting } from "../account-settings/effective.ts";
import { inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { refuseMoreThan, refuseNone } from "../errors.ts";
import { refusal } from "../placement/placement.ts";
import { type PlacementRequest, requirements, startTaskOn } from "../placement/start-tasks.ts";
import { startTaskNeeds } from "../tasks/access.ts";
import { activeStart, findStart, refuseIfGone } from "../tasks/find-start.ts";
import { readStart, startTags } from "../tasks/read-start.ts";
import { taskShape } from "../tasks/shape.ts";
import type { Task } from "../tasks/task.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html */
export const startTask = operation(StartTaskCommand)({
  find(input, call, context: Ecs) {
    refuseMoreThan(10, "Container instances", input.containerInstances);
    return findStart(context, call, input);
  },
  access: startTaskNeeds,
  async run(found, input, { store, ids, wakes, strictResources }, call) {
    const { cluster, definition } = activeStart(found);
    refuseNone("Container instance", input.containerInstances);
    const start = {
      ...readStart({ definition, cluster }, input, "EC2"),
      constraints: [],
      strategy: [],
    };
    const tags = startTags(found, cluster, input);
    const { tasks, failures } = await store.transaction(async (records) => {
      await refuseIfGone(records, { cluster, definition });
      const logDriverMode = await effectiveSetting(records, call, "defaultLogDriverMode");
      const request: PlacementRequest = { ...start, logDriverMode };
      const tasks: Task[] = [];
      const failures: Failure[] = [];
      for (const reference of input.containerInstances) {
        const arn = inCluster(call, cluster.arn, "container-instance", reference);
        const instance = await records.instances.find(arn);
        if (!instance || instance.clusterArn !== cluster.arn || instance.status === "INACTIVE") {
          failures.push({ arn, reason: "MISSING" });
          continue;
        }
        const making = { ids, now: call.time.getTime(), strictResources };
        const refused = refusal(instance, requirements(request, making));
        const task = refused ? undefined : await startTaskOn(records, request, instance, making);
        if (!task) {
          failures.push({ arn, ...(refused ?? { reason: "RESOURCE:ENI" }) });
          continue;
        }
        if (tags.length > 0) await records.tags.put(task.arn, tags);
        tasks.push(task);
      }
      return { tasks, failures };
    });
    for (const { instanceArn } of tasks) wakes.wake(`instance:${instanceArn}`);
    return { tasks: tasks.map((task) => taskShape(task, tags)), failures };
  },
});
