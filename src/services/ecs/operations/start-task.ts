import { StartTaskCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { inCluster } from "../arns.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { findActiveDefinition, findCluster } from "../find.ts";
import type { Task } from "../model.ts";
import { refusal, remaining } from "../placement/placement.ts";
import { requirements } from "../placement/start-tasks.ts";
import { startAccess } from "../tasks/access.ts";
import { checkLaunch } from "../tasks/network-rules.ts";
import { newTask } from "../tasks/new-task.ts";
import { readOverrides, taskTags } from "../tasks/request.ts";
import { describeTask } from "../tasks/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html */
export const startTask = operation(StartTaskCommand)({
  access: (input, call, context: Ecs) => startAccess("ecs:StartTask", input, call, context),
  async run(input, context: Ecs, call) {
    const { store, ids, events } = context;
    const cluster = await findCluster(context, call, input.cluster);
    const definition = await findActiveDefinition(context, call, input.taskDefinition);
    if (input.containerInstances.length > 10) throw invalidParameter("At most 10 container instances can be given.");
    checkLaunch(definition, "EC2", input.networkConfiguration);
    const request = {
      clusterArn: cluster.arn,
      definition,
      launchType: "EC2" as const,
      overrides: readOverrides(definition, input.overrides),
      networkConfiguration: input.networkConfiguration,
      group: input.group ?? `family:${definition.family}`,
      startedBy: input.startedBy,
      serviceArn: undefined,
      enableExecuteCommand: input.enableExecuteCommand ?? false,
      clientToken: undefined,
      requestHash: undefined,
      constraints: [],
      strategy: [],
    };
    const propagated = input.propagateTags === "TASK_DEFINITION" ? await store.tags.get(definition.arn) : [];
    const managed = input.enableECSManagedTags ? { "aws:ecs:clusterName": cluster.name } : {};
    const tags = taskTags(input.tags ?? [], propagated, managed);
    const { tasks, failures } = await store.transaction(async (records) => {
      const tasks: Task[] = [];
      const failures: { arn: string; reason: string; detail?: string }[] = [];
      for (const reference of input.containerInstances) {
        const arn = inCluster(call, cluster.arn, "container-instance", reference);
        const instance = await records.instances.find(arn);
        if (!instance || instance.clusterArn !== cluster.arn || instance.status === "INACTIVE") {
          failures.push({ arn, reason: "MISSING" });
          continue;
        }
        const live = await records.tasks.placed({ instanceArn: arn });
        const refused = refusal(instance, live, remaining(instance, live), requirements(request));
        const task = refused ? undefined : newTask(request, instance, live, ids, call.time.getTime());
        if (!task) {
          failures.push({ arn, ...(refused ?? { reason: "RESOURCE:ENI" }) });
          continue;
        }
        await records.tasks.add(task);
        if (tags.length > 0) await records.tags.put(task.arn, tags);
        tasks.push(task);
      }
      return { tasks, failures };
    });
    for (const { instanceArn } of tasks) events.wake(`instance:${instanceArn!}`);
    return { tasks: tasks.map((task) => describeTask(task, tags)), failures };
  },
});
