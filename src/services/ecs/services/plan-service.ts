import { defined } from "../../../defined.ts";
import { isServing, type ScheduledTask } from "../tasks/scheduled-task.ts";
import { failuresOf } from "./backoff.ts";
import { blueGreen, isBlueGreen } from "./blue-green.ts";
import { openBreaker } from "./breaker.ts";
import type { ServiceRecord } from "./service.ts";
import { isProtected, surplusOf } from "./surplus.ts";

export interface StopOrder {
  readonly task: ScheduledTask;
  readonly deploymentId: string;
  /** It is replaced because it failed its health checks. */
  readonly isUnhealthy?: true;
}

/** The next steps for a service. */
export interface Plan {
  /** The next state of the service, without new events and new deployments. */
  readonly service: ServiceRecord;
  /** How many tasks of the primary deployment to start. */
  readonly start: number;
  /** The instances that get one task each, where the scheduler chooses them: as many as `start`. */
  readonly startOn?: readonly string[];
  readonly stop: readonly StopOrder[];
  readonly events: readonly string[];
  /** The circuit breaker has opened and wants the last good deployment back. */
  readonly rollback: boolean;
}

/** Failures in a row after which a service event says so. */
export const manyFailures = 5;

export const troubleshooting =
  "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

/**
 * The service scheduler's decision: keeps `desiredCount` tasks of the primary deployment, drains older deployments within the
 * percentages, and says when all is steady. `tasks` are the service's, stopped ones included; those on the instances
 * `draining` are replaced as an older deployment's are. Pure.
 */
export function planService(
  service: ServiceRecord,
  tasks: readonly ScheduledTask[],
  { now, draining: drainingInstances }: { readonly now: number; readonly draining: ReadonlySet<string> },
): Plan {
  const live = tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED");
  if (service.status === "DRAINING") return planDraining(service, live);
  const breaker = openBreaker(service, tasks, now);
  const current = breaker ?? service;
  const [primary, ...older] = current.deployments;
  const wanted = live.filter(({ desiredStatus }) => desiredStatus === "RUNNING");
  const isOurs = (task: ScheduledTask) =>
    task.startedBy === primary.id && !drainingInstances.has(task.instanceArn ?? "");
  // What a check says of a task that has just started does not count.
  const grace = 1000 * (current.healthCheckGracePeriodSeconds ?? 0);
  const isUnhealthy = (task: ScheduledTask) =>
    isOurs(task) && task.health === "UNHEALTHY" && now >= (task.startedAt ?? now) + grace;
  const ours = wanted.filter((task) => isOurs(task) && !isUnhealthy(task));
  const unhealthy = wanted.filter(isUnhealthy);
  const others = wanted.filter((task) => !isOurs(task));
  const { maximum, minimum } = limits(current);

  const failures = failuresOf(
    tasks.filter(({ startedBy }) => startedBy === primary.id),
    now,
  );
  const room = Math.max(0, maximum - ours.length - others.length - unhealthy.length);
  const missing = Math.max(0, current.desiredCount - ours.length);
  const allowed = primary.rolloutState !== "FAILED" && now >= failures.nextStartAt;
  const isBounded = others.length > 0 || unhealthy.length > 0;
  const start = allowed ? Math.min(missing, isBounded ? room : missing) : 0;

  const surplus = surplusOf(ours, ours.length - current.desiredCount, {
    strategy: primary.capacityProviderStrategy,
    now,
  });
  const running = ours.filter(isServing).length;
  const { stage, staying } = blueGreen(current, others, { isScaled: running === current.desiredCount, now });
  const going = drained(
    ours,
    others.filter((task) => !staying.includes(task)),
    { desiredCount: current.desiredCount, minimum: minimum - staying.filter(isServing).length, now },
  );
  const stop = [...surplus, ...going];

  // A deployment that drains is forgotten with its last task.
  const draining = older.filter(({ id }) => live.some(({ startedBy }) => startedBy === id));
  const failed = unhealthyToStop(unhealthy, {
    needed: current.desiredCount - running,
    hasRoom: start > 0 || missing === 0 || !allowed,
  });
  const settled = running === current.desiredCount && ours.length === running && draining.length === 0;
  const steady = settled && live.length === running && primary.rolloutState !== "FAILED";
  const stuck =
    start === 0 &&
    stop.length + failed.length === 0 &&
    missing > 0 &&
    allowed &&
    others.length > 0 &&
    room === 0 &&
    isStill(wanted);
  const events: string[] = [];
  if (breaker) {
    events.push(`(service ${service.name}) (deployment ${primary.id}) deployment failed: tasks failed to start.`);
  }
  if (failures.consecutive >= manyFailures && missing > 0) {
    events.push(`(service ${service.name}) is unable to consistently start tasks successfully. ${troubleshooting}`);
  }
  if (stuck) {
    events.push(
      `(service ${service.name}) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.`,
    );
  }
  let next: ServiceRecord = { ...current, deployments: [{ ...primary, ...defined({ stage }) }, ...draining] };
  if (steady && primary.rolloutState === "IN_PROGRESS") {
    next = completed(next, now);
    events.push(`(service ${service.name}) (deployment ${primary.id}) deployment completed.`);
  }
  if (steady && !service.steady) events.push(`(service ${service.name}) has reached a steady state.`);
  if (steady !== service.steady) next = { ...next, steady };
  return {
    service: next,
    start,
    stop: [
      ...stop.map((task) => ({ task, deploymentId: task.startedBy ?? "" })),
      ...failed.map((task) => ({ task, deploymentId: task.startedBy ?? "", isUnhealthy: true as const })),
    ],
    events: events.filter((message) => !recent(service, message)),
    rollback: breaker !== undefined && (service.deploymentConfiguration.deploymentCircuitBreaker?.rollback ?? false),
  };
}

/** A service that is deleted stops what it has. */
export function planDraining(service: ServiceRecord, live: readonly ScheduledTask[]): Plan {
  const stop = live
    .filter(({ desiredStatus }) => desiredStatus === "RUNNING")
    .map((task) => ({ task, deploymentId: task.startedBy ?? "" }));
  const gone: ServiceRecord = { ...service, status: "INACTIVE" };
  return { service: live.length === 0 ? gone : service, start: 0, stop, events: [], rollback: false };
}

/** Most tasks there may be, rounded down, and fewest that must run, rounded up, while a deployment is under way. */
function limits(service: ServiceRecord) {
  const { desiredCount, deploymentConfiguration } = service;
  if (isBlueGreen(service)) return { maximum: Number.POSITIVE_INFINITY, minimum: desiredCount };
  const { maximumPercent, minimumHealthyPercent } = deploymentConfiguration;
  return {
    maximum: Math.floor((desiredCount * maximumPercent) / 100),
    minimum: Math.ceil((desiredCount * minimumHealthyPercent) / 100),
  };
}

/**
 * Unhealthy tasks that can stop: those whose place a healthy one has taken. Where the maximum leaves no room for the one that
 * is to take it, one after the other makes room.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
 */
function unhealthyToStop(
  unhealthy: readonly ScheduledTask[],
  { needed, hasRoom }: { readonly needed: number; readonly hasRoom: boolean },
): readonly ScheduledTask[] {
  const spare = Math.max(0, unhealthy.length - Math.max(0, needed));
  return unhealthy.slice(0, spare === 0 && !hasRoom ? 1 : spare);
}

/** Tasks of older deployments that can stop: those that serve nobody, and as many others as the minimum allows. */
function drained(
  ours: readonly ScheduledTask[],
  others: readonly ScheduledTask[],
  { desiredCount, minimum, now }: { readonly desiredCount: number; readonly minimum: number; readonly now: number },
): readonly ScheduledTask[] {
  const healthy = Math.min(ours.filter(isServing).length, desiredCount);
  const free = others.filter((task) => !isProtected(task, now));
  const spare = Math.max(0, healthy + others.filter(isServing).length - minimum);
  return [...free.filter((task) => !isServing(task)), ...free.filter(isServing).slice(0, spare)];
}

function isStill(tasks: readonly ScheduledTask[]): boolean {
  return tasks.every(({ lastStatus }) => lastStatus === "RUNNING");
}

/** The service once its primary deployment is done. */
export function completed(service: ServiceRecord, now: number): ServiceRecord {
  const [primary] = service.deployments;
  const { id, definitionArn, launchType, capacityProviderStrategy, platformVersion, networkConfiguration, pins } =
    primary;
  return {
    ...service,
    deployments: [
      {
        ...primary,
        rolloutState: "COMPLETED",
        rolloutStateReason: `ECS deployment ${id} completed.`,
        updatedAt: now,
      },
    ],
    lastCompleted: {
      id,
      definitionArn,
      launchType,
      ...defined({ capacityProviderStrategy, platformVersion, networkConfiguration, pins }),
    },
  };
}

/** True if the service has an event of that message since it was last steady. Loops would repeat it at every look. */
export function recent({ events }: ServiceRecord, message: string): boolean {
  const steady = events.findIndex((event) => event.message.endsWith("has reached a steady state."));
  return events.slice(0, steady === -1 ? undefined : steady).some((event) => event.message === message);
}
