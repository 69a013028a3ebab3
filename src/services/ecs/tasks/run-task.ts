import { createHash } from "node:crypto";
import { ConflictException$, type RunTaskCommand } from "@aws-sdk/client-ecs";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import type { Input, Output } from "../../../model/operation.ts";
import { effectiveSetting } from "../account-settings/effective.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { checkPlacement } from "../placement/placement-rules.ts";
import { startOnCapacity } from "../placement/start-on-capacity.ts";
import type { PlacementRequest, Started } from "../placement/start-tasks.ts";
import type { Records } from "../store.ts";
import { activeStart, type FoundStart, refuseIfGone } from "./find-start.ts";
import { capacityOf } from "./launch-type.ts";
import { taskPlatformVersion } from "./platform-version.ts";
import { checkClientToken, readStart, startTags } from "./read-start.ts";
import { taskShape } from "./shape.ts";

/** RunTask, of exactly the revision and the tags that were found. */
export async function runTasks(
  found: FoundStart,
  input: Input<typeof RunTaskCommand>,
  { store, ids, wakes, strictResources }: Ecs,
  call: Call,
): Promise<Output<typeof RunTaskCommand>> {
  const { cluster, definition } = activeStart(found);
  const count = input.count ?? 1;
  if (!Number.isInteger(count) || count < 1 || count > 10) {
    throw invalidParameter("Count should be between 1 and 10.");
  }
  checkClientToken(input.clientToken, 64);
  const capacity = capacityOf(input, cluster);
  checkPlacement(input, capacity.launchType, definition.placementConstraints);
  const { clientToken, ...rest } = input;
  const request: PlacementRequest = {
    ...readStart({ definition, cluster }, input, capacity.launchType),
    platformVersion: taskPlatformVersion(input.platformVersion, capacity.launchType),
    clientToken,
    requestHash: clientToken === undefined ? undefined : hashOf(rest),
    constraints: input.placementConstraints ?? [],
    strategy: input.placementStrategy ?? [],
  };
  const tags = startTags(found, cluster, input);

  const { tasks, failures, noInstances } = await store.transaction(async (records) => {
    const earlier = await earlierTasks(records, request);
    if (earlier) return earlier;
    await refuseIfGone(records, { cluster, definition });
    const logDriverMode = await effectiveSetting(records, call, "defaultLogDriverMode");
    const started = await startOnCapacity(
      records,
      { ...request, logDriverMode },
      {
        strategy: capacity.strategy,
        count,
        instances: () => records.instances.ofCluster(cluster.arn),
        making: { ids, now: call.time.getTime(), strictResources },
      },
    );
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
