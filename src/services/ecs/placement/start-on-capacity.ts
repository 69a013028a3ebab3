import { type ProviderCounts, type Strategy, split } from "../capacity-providers/strategy.ts";
import type { Instance } from "../instances/instance.ts";
import type { Records } from "../store.ts";
import { type Making, type PlacementRequest, type Started, startTasks } from "./start-tasks.ts";

export interface CapacityStart {
  /** Empty where a launch type alone decides. */
  readonly strategy: Strategy;
  readonly count: number;
  /** How many tasks the providers have that count for the strategy. */
  readonly there?: ProviderCounts;
  /** Reads the cluster's instances, with what is reserved by now. */
  readonly instances: () => Promise<readonly Instance[]>;
  readonly making: Making;
}

/** As `startTasks`, with the tasks split over the providers of a strategy. */
export async function startOnCapacity(
  records: Records,
  request: PlacementRequest,
  { strategy, count, there, instances, making }: CapacityStart,
): Promise<Started> {
  if (strategy.length === 0) return startTasks(records, request, await instances(), count, making);
  const all: Started[] = [];
  for (const [capacityProviderName, share] of split(strategy, count, there)) {
    const own = { ...request, capacityProviderName };
    all.push(await startTasks(records, own, await instances(), share, making));
  }
  const tasks = all.flatMap((one) => one.tasks);
  return {
    tasks,
    failures: all.flatMap((one) => one.failures),
    noInstances: tasks.length === 0 && all.every((one) => one.noInstances),
  };
}
