import type { PlacementConstraint, PlacementStrategy } from "@aws-sdk/client-ecs";
import type { Ids } from "../../../ids.ts";
import { placementAttributes } from "../definitions/required-attributes.ts";
import type { Instance } from "../instances/instance.ts";
import type { Records } from "../store.ts";
import { newTask, type TaskRequest } from "../tasks/new-task.ts";
import type { Task } from "../tasks/task.ts";
import { findAddress } from "./find-address.ts";
import { ableInstances, chooseInstance, type PlacementFailure, type Requirements } from "./placement.ts";
import { roomRefusal } from "./refusal.ts";
import { askedBy } from "./reservation.ts";
import { type Reserved, reserve } from "./reserved.ts";

export interface PlacementRequest extends TaskRequest {
  readonly constraints: readonly PlacementConstraint[];
  readonly strategy: readonly PlacementStrategy[];
}

export interface Started {
  readonly tasks: readonly Task[];
  /** Why no further task was placed. */
  readonly failures: readonly PlacementFailure[];
  /** The cluster has no instance for the launch type at all. */
  readonly noInstances: boolean;
}

export interface Making {
  readonly ids: Ids;
  readonly now: number;
  /** As in the context of ECS. */
  readonly strictResources: boolean;
}

/**
 * Places up to `count` tasks on `instances`, the cluster's, and stores them with what they reserve, within the caller's
 * transaction. Reads no other task.
 */
export async function startTasks(
  records: Records,
  request: PlacementRequest,
  instances: readonly Instance[],
  count: number,
  making: Making,
): Promise<Started> {
  const needed = requirements(request, making);
  const { able, failures } = ableInstances(instances, needed);
  const open = new Map(able.map((instance) => [instance.arn, instance]));
  const withoutAddress: PlacementFailure[] = [];
  const changed = new Map<string, Reserved>();
  const tasks: Task[] = [];
  while (tasks.length < count) {
    const instance = chooseInstance(open.values(), needed);
    if (!instance) break;
    const task = await addTask(records, request, instance, making);
    if (task) {
      const reserved = reserve(instance.reserved, task);
      tasks.push(task);
      changed.set(instance.arn, reserved);
      open.set(instance.arn, { ...instance, reserved });
    } else {
      open.delete(instance.arn);
      withoutAddress.push({ arn: instance.arn, reason: "RESOURCE:ENI" });
    }
  }
  for (const [arn, reserved] of changed) await records.instances.setReserved(arn, reserved);
  if (tasks.length === count) return { tasks, failures: [], noInstances: false };
  const full = [...open.values()].flatMap((instance) => {
    const refusal = roomRefusal(instance, needed);
    return refusal ? { arn: instance.arn, ...refusal } : [];
  });
  const all = [...failures, ...full, ...withoutAddress];
  return { tasks, failures: all, noInstances: all.length === 0 };
}

/** Places one task on the instance, as `startTasks` does. `undefined` where its subnet has no address left. */
export async function startTaskOn(
  records: Records,
  request: PlacementRequest,
  instance: Instance,
  making: Making,
): Promise<Task | undefined> {
  const task = await addTask(records, request, instance, making);
  if (task) await records.instances.setReserved(instance.arn, reserve(instance.reserved, task));
  return task;
}

async function addTask(
  records: Records,
  request: PlacementRequest,
  instance: Instance,
  { ids, now }: Making,
): Promise<Task | undefined> {
  const isAwsvpc = request.definition.networkMode === "awsvpc";
  const address = isAwsvpc ? await findAddress(records, instance, ids) : undefined;
  if (isAwsvpc && !address) return undefined;
  const task = newTask(request, instance, address, ids, now);
  await records.tasks.add(task);
  await records.interfaces.add(task);
  return task;
}

export function requirements(
  request: PlacementRequest,
  { strictResources }: Pick<Making, "strictResources">,
): Requirements {
  return {
    asked: askedBy(request.definition, request.overrides),
    attributes: [
      ...placementAttributes(request.definition),
      ...(request.enableExecuteCommand ? [{ name: "ecs.capability.execute-command" }] : []),
    ],
    launchType: request.launchType,
    capacityProviderName: request.capacityProviderName,
    sharesSize: request.launchType === "FARGATE" && !strictResources,
    group: request.group,
    constraints: [...(request.definition.placementConstraints ?? []), ...request.constraints],
    strategy: request.strategy,
  };
}
