import type { Attribute, PlacementConstraint, PlacementStrategy } from "@aws-sdk/client-ecs";
import { matches } from "../instances/attribute-query.ts";
import type { Instance } from "../instances/instance.ts";
import type { LaunchType } from "../tasks/launch-type.ts";
import type { PlacedTask } from "./placed-task.ts";
import type { Reservation } from "./reservation.ts";
import { type Resources, remaining } from "./resources.ts";

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

type Placement =
  | { readonly instance: Instance }
  /** Empty where the cluster has no instance for this launch type at all. */
  | { readonly failures: readonly PlacementFailure[] };

/** Chooses the instance for a task, or says of each why it cannot take the task. */
export function place(instances: readonly Instance[], live: readonly PlacedTask[], needed: Requirements): Placement {
  const failures: PlacementFailure[] = [];
  const fitting: Candidate[] = [];
  for (const instance of instances) {
    if (instance.status !== "ACTIVE" || !serves(instance, needed.launchType)) continue;
    const tasks = live.filter((task) => task.instanceArn === instance.arn);
    const free = remaining(instance, tasks);
    const refused = refusal(instance, tasks, free, needed);
    if (refused) failures.push({ arn: instance.arn, ...refused });
    else fitting.push({ instance, tasks, free });
  }
  const best = fitting.reduce<Candidate | undefined>(
    (chosen, candidate) => (chosen && !better(candidate, chosen, needed) ? chosen : candidate),
    undefined,
  );
  return best ? { instance: best.instance } : { failures };
}

interface Candidate {
  readonly instance: Instance;
  readonly tasks: readonly PlacedTask[];
  readonly free: Resources;
}

function serves(instance: Instance, launchType: LaunchType): boolean {
  return launchType !== "FARGATE" || instance.attributes.some(({ name }) => name === fargateAttribute);
}

/** Why a task cannot go to the instance; `undefined` if it can. */
export function refusal(
  instance: Instance,
  tasks: readonly PlacedTask[],
  free: Resources,
  { reservation, attributes, constraints, group }: Requirements,
): Refusal | undefined {
  if (instance.sessionId === undefined) return { reason: "AGENT" };
  const missing = attributes.find((attribute) => !hasAttribute(instance, attribute));
  if (missing) {
    const shown = missing.value === undefined ? missing.name : `${missing.name} = ${missing.value}`;
    return { reason: "ATTRIBUTE", detail: `The container instance lacks the attribute ${shown}` };
  }
  for (const { type, expression = "" } of constraints) {
    if (type === "memberOf" && !matches(expression, instance)) return { reason: "memberOf constraint unsatisfied." };
    if (type === "distinctInstance" && tasks.some((task) => task.group === group))
      return { reason: "distinctInstance placement constraint unsatisfied." };
  }
  if (reservation.memory > free.memory) return { reason: "RESOURCE:MEMORY" };
  if (reservation.cpu > free.cpu) return { reason: "RESOURCE:CPU" };
  if (reservation.tcp.some((port) => free.tcp.includes(port))) return { reason: "RESOURCE:PORTS" };
  if (reservation.udp.some((port) => free.udp.includes(port))) return { reason: "RESOURCE:PORTS" };
  return undefined;
}

function hasAttribute(instance: Instance, { name, value }: Attribute): boolean {
  return instance.attributes.some((has) => has.name === name && (value === undefined || has.value === value));
}

/** The first strategy that tells them apart decides; spreading the group's tasks unless another is given. */
function better(one: Candidate, other: Candidate, { strategy, group }: Requirements): boolean {
  const strategies = strategy.length > 0 ? strategy : [{ type: "spread" as const }];
  for (const { type, field } of strategies) {
    const key = field?.toLowerCase() === "cpu" ? "cpu" : "memory";
    const difference =
      type === "binpack"
        ? one.free[key] - other.free[key]
        : type === "spread"
          ? count(one.tasks, group) - count(other.tasks, group)
          : 0;
    if (difference !== 0) return difference < 0;
  }
  return one.free.memory > other.free.memory;
}

function count(tasks: readonly PlacedTask[], group: string): number {
  return tasks.filter((task) => task.group === group).length;
}
