import { ConflictException$, RunTaskCommand, type Tag } from "@aws-sdk/client-ecs";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { findActiveDefinition, findCluster } from "../find.ts";
import { startTasks } from "../placement/start-tasks.ts";
import { startAccess } from "../tasks/access.ts";
import { launchTypeOf } from "../tasks/launch-type.ts";
import { checkLaunch } from "../tasks/network-rules.ts";
import { hashOf, readOverrides, taskTags } from "../tasks/request.ts";
import { describeTask } from "../tasks/shape.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export const runTask = operation(RunTaskCommand)({
  access: (input, call, context: Ecs) => startAccess("ecs:RunTask", input, call, context),
  async run(input, context: Ecs, call) {
    const { store, ids, events } = context;
    const cluster = await findCluster(context, call, input.cluster);
    const definition = await findActiveDefinition(context, call, input.taskDefinition);
    const launchType = launchTypeOf(input, cluster);
    const count = input.count ?? 1;
    if (count < 1 || count > 10) throw invalidParameter("Count should be between 1 and 10.");
    if (input.group?.startsWith("service:")) throw invalidParameter("Invalid task group.");
    if ((input.startedBy?.length ?? 0) > 128) throw invalidParameter("startedBy can have at most 128 characters.");
    checkLaunch(definition, launchType, input.networkConfiguration);
    const overrides = readOverrides(definition, input.overrides);
    const { clientToken, ...request } = input;
    const requestHash = clientToken === undefined ? undefined : hashOf(request);
    const propagated: readonly Tag[] =
      input.propagateTags === "TASK_DEFINITION" ? await store.tags.get(definition.arn) : [];
    const managed = input.enableECSManagedTags ? { "aws:ecs:clusterName": cluster.name } : {};
    const tags = taskTags(input.tags ?? [], propagated, managed);

    const { tasks, failures, noInstances } = await store.transaction(async (records) => {
      const earlier = clientToken === undefined ? [] : await records.tasks.withClientToken(cluster.arn, clientToken);
      if (earlier.length > 0) {
        if (earlier[0]!.requestHash === requestHash) return { tasks: earlier, failures: [], noInstances: false };
        throw new ApiError(
          ConflictException$,
          "The request parameters do not match those of an earlier request with the same client token.",
          { resourceIds: earlier.map(({ arn }) => arn) },
        );
      }
      const started = await startTasks(
        records,
        {
          clusterArn: cluster.arn,
          definition,
          launchType,
          overrides,
          networkConfiguration: input.networkConfiguration,
          group: input.group ?? `family:${definition.family}`,
          startedBy: input.startedBy,
          serviceArn: undefined,
          enableExecuteCommand: input.enableExecuteCommand ?? false,
          clientToken,
          requestHash,
          constraints: input.placementConstraints ?? [],
          strategy: input.placementStrategy ?? [],
        },
        count,
        { ids, now: call.time.getTime() },
      );
      if (tags.length > 0) for (const task of started.tasks) await records.tags.put(task.arn, tags);
      return started;
    });
    if (noInstances) throw invalidParameter("No Container Instances were found in your cluster.");
    for (const arn of new Set(tasks.map(({ instanceArn }) => instanceArn))) events.wake(`instance:${arn}`);
    return { tasks: tasks.map((task) => describeTask(task, tags)), failures: [...failures] };
  },
});
