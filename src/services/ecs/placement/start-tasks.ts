import type { PlacementConstraint, PlacementStrategy } from "@aws-sdk/client-ecs";
import type { Ids } from "../../../ids.ts";
import type { Instance } from "../instances/instance.ts";
import type { Records } from "../store.ts";
import { newTask, type TaskRequest } from "../tasks/new-task.ts";
import type { Task } from "../tasks/task.ts";
import { placementOf } from "./placed-task.ts";
import { type PlacementFailure, place, type Requirements } from "./placement.ts";
import { reservationOf } from "./reservation.ts";

export interface PlacementRequest extends TaskRequest {
  readonly constraints: readonly PlacementConstraint[];
  readonly strategy: readonly PlacementStrategy[];
}

export interface Started {
  readonly tasks: readonly Task[];
  /** Why no further task was placed. */
  readonly failures: readonly PlacementFailure[];
  /** Whether the cluster has no instance for the launch type at all. */
  readonly noInstances: boolean;
}

/** Places up to `count` tasks and adds them to `records`, within the caller's transaction. */
export async function startTasks(
  records: Records,
  request: PlacementRequest,
  count: number,
  { ids, now }: { readonly ids: Ids; readonly now: number },
): Promise<Started> {
  const instances = await records.instances.ofCluster(request.clusterArn);
  const live = [...(await records.tasks.placed({ clusterArn: request.clusterArn }))];
  const needed = requirements(request);
  const tasks: Task[] = [];
  let candidates: readonly Instance[] = instances;
  while (tasks.length < count) {
    const placement = place(candidates, live, needed);
    if ("failures" in placement) {
      const full = instances.filter((instance) => !candidates.includes(instance));
      const failures = [...placement.failures, ...full.map(({ arn }) => ({ arn, reason: "RESOURCE:ENI" as const }))];
      return { tasks, failures, noInstances: failures.length === 0 };
    }
    const task = newTask(request, placement.instance, live, ids, now);
    if (task) {
      await records.tasks.add(task);
      tasks.push(task);
      live.push({ ...placementOf(task), lastStatus: task.lastStatus });
    } else {
      candidates = candidates.filter((instance) => instance !== placement.instance);
    }
  }
  return { tasks, failures: [], noInstances: false };
}

export function requirements(request: PlacementRequest): Requirements {
  return {
    reservation: reservationOf(request.definition, request.overrides),
    attributes: request.definition.requiresAttributes ?? [],
    launchType: request.launchType,
    group: request.group,
    constraints: [...(request.definition.placementConstraints ?? []), ...request.constraints],
    strategy: request.strategy,
  };
}
