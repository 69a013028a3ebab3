import type { Attribute, PlacementConstraint, PlacementStrategy } from "@aws-sdk/client-ecs";
import { matches } from "../instances/attribute-query.ts";
import type { Instance } from "../instances/instance.ts";
import type { LaunchType } from "../tasks/launch-type.ts";
import type { Reservation } from "./reservation.ts";
import { countOf } from "./reserved.ts";
import { remaining } from "./resources.ts";

/** Instances that serve Fargate tasks have this attribute. */
const fargateAttribute = "sealift.fargate";

export interface Requirements {
  readonly reservation: Reservation;
  readonly attributes: readonly Attribute[];
  readonly launchType: LaunchType;
  readonly group: string;
  readonly constraints: readonly PlacementConstraint[];
  readonly strategy: readonly PlacementStrategy[];
}

export interface PlacementFailure extends Refusal {
  readonly arn: string;
}

export interface Refusal {
  readonly reason:
    | "RESOURCE:CPU"
    | "RESOURCE:MEMORY"
    | "RESOURCE:PORTS"
    | "RESOURCE:ENI"
    | "ATTRIBUTE"
    | "AGENT"
    | "memberOf constraint unsatisfied."
    | "distinctInstance placement constraint unsatisfied.";
  /** Says more than the reason's fixed words. */
  readonly detail?: string;
}

/** The instances of a cluster that may take such tasks while they have room, and why the others may not. */
export function ableInstances(
  instances: readonly Instance[],
  needed: Requirements,
): { readonly able: readonly Instance[]; readonly failures: readonly PlacementFailure[] } {
  const able: Instance[] = [];
  const failures: PlacementFailure[] = [];
  for (const instance of instances) {
    if (instance.status !== "ACTIVE" || !serves(instance, needed.launchType)) continue;
    const refusal = abilityRefusal(instance, needed);
    if (refusal) failures.push({ arn: instance.arn, ...refusal });
    else able.push(instance);
  }
  return { able, failures };
}

/** The best of the instances that have room for the task; `undefined` where none has. */
export function chooseInstance(able: Iterable<Instance>, needed: Requirements): Instance | undefined {
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

function serves(instance: Instance, launchType: LaunchType): boolean {
  return launchType !== "FARGATE" || instance.attributes.some(({ name }) => name === fargateAttribute);
}

/** Why the instance takes no such task, whatever else runs there. */
function abilityRefusal(instance: Instance, { attributes, constraints }: Requirements): Refusal | undefined {
  if (instance.sessionId === undefined) return { reason: "AGENT" };
  const missing = attributes.find((attribute) => !hasAttribute(instance, attribute));
  if (missing) {
    const shown = missing.value === undefined ? missing.name : `${missing.name} = ${missing.value}`;
    return { reason: "ATTRIBUTE", detail: `The container instance lacks the attribute ${shown}` };
  }
  const members = constraints.filter(({ type }) => type === "memberOf");
  if (members.some(({ expression = "" }) => !matches(expression, instance))) {
    return { reason: "memberOf constraint unsatisfied." };
  }
  return undefined;
}

/** Why the instance has no room for the task beside those that run there. */
export function roomRefusal(
  instance: Instance,
  { reservation, constraints, group }: Requirements,
): Refusal | undefined {
  const isDistinct = constraints.some(({ type }) => type === "distinctInstance");
  if (isDistinct && countOf(instance.reserved, group) > 0) {
    return { reason: "distinctInstance placement constraint unsatisfied." };
  }
  const free = remaining(instance);
  if (reservation.memory > free.memory) return { reason: "RESOURCE:MEMORY" };
  if (reservation.cpu > free.cpu) return { reason: "RESOURCE:CPU" };
  if (reservation.tcp.some((port) => free.tcp.includes(port))) return { reason: "RESOURCE:PORTS" };
  if (reservation.udp.some((port) => free.udp.includes(port))) return { reason: "RESOURCE:PORTS" };
  return undefined;
}

function hasAttribute(instance: Instance, { name, value }: Attribute): boolean {
  return instance.attributes.some((has) => has.name === name && (value === undefined || has.value === value));
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
