import { createHash } from "node:crypto";
import { ConflictException$, type RunTaskCommand } from "@aws-sdk/client-ecs";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Input, Output } from "../../../model/operation.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { type PlacementRequest, type Started, startTasks } from "../placement/start-tasks.ts";
import type { Records } from "../store.ts";
import { taskTags } from "../tags/tags.ts";
import { activeStart, type FoundStart, refuseIfGone } from "./find-start.ts";
import { launchTypeOf } from "./launch-type.ts";
import { checkLaunch, requestedNetwork } from "./network-rules.ts";
import { readOverrides } from "./overrides.ts";
import { taskShape } from "./shape.ts";

/** RunTask, of exactly the revision and the tags that were found. */
export async function runTasks(
  found: FoundStart,
  input: Input<typeof RunTaskCommand>,
  { store, ids, wakes }: Ecs,
  call: Call,
): Promise<Output<typeof RunTaskCommand>> {
  const { cluster, definition } = activeStart(found);
  const launchType = launchTypeOf(input, cluster);
  const count = input.count ?? 1;
  if (count < 1 || count > 10) throw invalidParameter("Count should be between 1 and 10.");
  if (input.group?.startsWith("service:")) throw invalidParameter("Invalid task group.");
  if ((input.startedBy?.length ?? 0) > 128) throw invalidParameter("startedBy can have at most 128 characters.");
  checkLaunch(definition, launchType, input.networkConfiguration);
  const { clientToken, ...rest } = input;
  const request: PlacementRequest = {
    clusterArn: cluster.arn,
    definition,
    launchType,
    overrides: readOverrides(definition, input.overrides),
    networkConfiguration: requestedNetwork(input.networkConfiguration),
    group: input.group ?? `family:${definition.family}`,
    startedBy: input.startedBy,
    serviceArn: undefined,
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    clientToken,
    requestHash: clientToken === undefined ? undefined : hashOf(rest),
    constraints: input.placementConstraints ?? [],
    strategy: input.placementStrategy ?? [],
  };
  const propagated = input.propagateTags === "TASK_DEFINITION" ? found.definition.tags : [];
  const managed = input.enableECSManagedTags ? { "aws:ecs:clusterName": cluster.name } : {};
  const tags = taskTags(input.tags ?? [], propagated, managed);

  const { tasks, failures, noInstances } = await store.transaction(async (records) => {
    const earlier = await earlierTasks(records, request);
    if (earlier) return earlier;
    await refuseIfGone(records, { cluster, definition });
    const instances = await records.instances.ofCluster(cluster.arn);
    const started = await startTasks(records, request, instances, count, { ids, now: call.time.getTime() });
    if (tags.length > 0) for (const task of started.tasks) await records.tags.put(task.arn, tags);
    return started;
  });
  if (noInstances) throw invalidParameter("No Container Instances were found in your cluster.");
  for (const arn of new Set(tasks.map(({ instanceArn }) => instanceArn))) wakes.wake(`instance:${arn}`);
  return { tasks: tasks.map((task) => taskShape(task, tags)), failures: [...failures] };
}

/** The tasks of an earlier request with the same client token. Throws AWS's refusal where that request was another. */
async function earlierTasks(
  records: Records,
  { clusterArn, clientToken, requestHash }: PlacementRequest,
): Promise<Started | undefined> {
  const tasks = clientToken === undefined ? [] : await records.tasks.withClientToken(clusterArn, clientToken);
  const [first] = tasks;
  if (!first) return undefined;
  if (first.requestHash === requestHash) return { tasks, failures: [], noInstances: false };
  throw new ApiError(
    ConflictException$,
    "The request parameters do not match those of an earlier request with the same client token.",
    { resourceIds: tasks.map(({ arn }) => arn) },
  );
}

function hashOf(request: object): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex");
}
