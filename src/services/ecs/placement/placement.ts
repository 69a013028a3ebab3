import type { Attribute, PlacementConstraint, PlacementStrategy } from "@aws-sdk/client-ecs";
import { isFargateProvider } from "../capacity-providers/capacity-provider.ts";
import type { Instance } from "../instances/instance.ts";
import type { LaunchType } from "../tasks/launch-type.ts";
import { abilityRefusal, type Refusal, roomRefusal } from "./refusal.ts";
import type { Asked } from "./reservation.ts";
import { countOf } from "./reserved.ts";
import { remaining } from "./resources.ts";

/** Instances that serve Fargate tasks have this attribute. */
const fargateAttribute = "sealift.fargate";

/** An instance that has this attribute is for tasks of that capacity provider alone, as those of an Auto Scaling group are. */
export const capacityProviderAttribute = "sealift.capacity-provider";

export interface Requirements {
  readonly asked: Asked;
  readonly attributes: readonly Attribute[];
  readonly launchType: LaunchType;
  readonly capacityProviderName: string | undefined;
  readonly group: string;
  readonly constraints: readonly PlacementConstraint[];
  readonly strategy: readonly PlacementStrategy[];
  /** The task is placed also where there is less CPU and memory than it asks for, as AWS's Fargate has whatever is asked. */
  readonly sharesSize: boolean;
}

export interface PlacementFailure extends Refusal {
  readonly arn: string;
}

/** The instances of a cluster that may take such tasks while they have room, and why the others may not. */
export function ableInstances(
  instances: readonly Instance[],
  needed: Requirements,
): { readonly able: readonly Instance[]; readonly failures: readonly PlacementFailure[] } {
  const able: Instance[] = [];
  const failures: PlacementFailure[] = [];
  for (const instance of instances) {
    if (instance.status !== "ACTIVE" || !serves(instance, needed)) continue;
    const refusal = abilityRefusal(instance, needed);
    if (refusal) failures.push({ arn: instance.arn, ...refusal });
    else able.push(instance);
  }
  return { able, failures };
}

/** The best of the instances that have room for the task; `undefined` where none has. */
export function chooseInstance(able: Iterable<Instance>, needed: Requirements): Instance | undefined {
  const all = [...able];
  const roomy = bestOf(all, { ...needed, sharesSize: false });
  return roomy ?? (needed.sharesSize ? bestOf(all, needed) : undefined);
}

function bestOf(able: readonly Instance[], needed: Requirements): Instance | undefined {
  let best: Instance | undefined;
  for (const instance of able) {
    if (!roomRefusal(instance, needed) && (!best || isBetter(instance, best, needed))) best = instance;
  }
  return best;
}

/** Why a task cannot go to the instance now; `undefined` if it can. */
export function refusal(instance: Instance, needed: Requirements): Refusal | undefined {
  return abilityRefusal(instance, needed) ?? roomRefusal(instance, needed);
}

function serves({ attributes }: Instance, { launchType, capacityProviderName: provider }: Requirements): boolean {
  if (launchType === "FARGATE") return attributes.some(({ name }) => name === fargateAttribute);
  if (provider === undefined || isFargateProvider(provider)) return true;
  const own = attributes.find(({ name }) => name === capacityProviderAttribute);
  return own === undefined || own.value === provider;
}

/** The first strategy that tells them apart decides. Without a strategy the group's tasks are spread. */
function isBetter(one: Instance, other: Instance, { strategy, group }: Requirements): boolean {
  const [free, otherFree] = [remaining(one), remaining(other)];
  const strategies = strategy.length > 0 ? strategy : [{ type: "spread" as const }];
  for (const { type, field } of strategies) {
    const key = field?.toLowerCase() === "cpu" ? "cpu" : "memory";
    const difference =
      type === "binpack"
        ? free[key] - otherFree[key]
        : type === "spread"
          ? countOf(one.reserved, group) - countOf(other.reserved, group)
          : 0;
    if (difference !== 0) return difference < 0;
  }
  return free.memory > otherFree.memory;
}
