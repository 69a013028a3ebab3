import { isServing, type ScheduledTask } from "../tasks/scheduled-task.ts";
import { failuresOf } from "./backoff.ts";
import { openBreaker } from "./breaker.ts";
import { completed, manyFailures, type Plan, planDraining, recent, troubleshooting } from "./plan-service.ts";
import type { ServiceRecord } from "./service.ts";
import { isProtected } from "./surplus.ts";

/**
 * The daemon scheduler's decision: one task of the primary deployment on each of the `instances`, which are the active ones that meet
 * the constraints. Where another task of the service is, that one goes first, within the minimum. Pure.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-create-daemon.html
 */
export function planDaemon(
  service: ServiceRecord,
  tasks: readonly ScheduledTask[],
  { now, instances }: { readonly now: number; readonly instances: ReadonlySet<string> },
): Plan {
  const live = tasks.filter(({ lastStatus }) => lastStatus !== "STOPPED");
  if (service.status === "DRAINING") return planDraining(service, live);
  const desiredCount = instances.size;
  const counted = { ...service, desiredCount };
  const breaker = openBreaker(counted, tasks, now);
  const current = breaker ?? counted;
  const [primary, ...older] = current.deployments;
  const wanted = live.filter(({ desiredStatus }) => desiredStatus === "RUNNING");
  const place = ({ instanceArn = "" }: ScheduledTask) => instanceArn;

  const grace = 1000 * (current.healthCheckGracePeriodSeconds ?? 0);
  const isUnhealthy = (task: ScheduledTask) => task.health === "UNHEALTHY" && now >= (task.startedAt ?? now) + grace;
  const kept = new Map<string, ScheduledTask>();
  const replaced: ScheduledTask[] = [];
  const unhealthy: ScheduledTask[] = [];
  // The oldest of an instance stays.
  for (const task of [...wanted].sort((one, other) => one.createdAt - other.createdAt)) {
    const isOurs = task.startedBy === primary.id && instances.has(place(task)) && !kept.has(place(task));
    if (isOurs && isUnhealthy(task)) unhealthy.push(task);
    else if (isOurs) kept.set(place(task), task);
    else replaced.push(task);
  }

  const failures = failuresOf(
    tasks.filter(({ startedBy }) => startedBy === primary.id),
    now,
  );
  const allowed = primary.rolloutState !== "FAILED" && now >= failures.nextStartAt;
  const taken = new Set(live.map(place));
  const free = [...instances].filter((arn) => !taken.has(arn));
  const startOn = allowed ? free : [];

  const minimum = Math.ceil((desiredCount * current.deploymentConfiguration.minimumHealthyPercent) / 100);
  const going = replaced.filter((task) => !isProtected(task, now));
  // What is on an instance that the service has left counts for nothing.
  const leaving = going.filter((task) => !instances.has(place(task)) || !isServing(task));
  const serving = going.filter((task) => !leaving.includes(task));
  const running = [...kept.values()].filter(isServing).length;
  const spare = Math.max(
    0,
    running + replaced.filter((task) => instances.has(place(task)) && isServing(task)).length - minimum,
  );
  const stop = [...leaving, ...serving.slice(0, primary.rolloutState === "FAILED" ? 0 : spare)];

  const draining = older.filter(({ id }) => live.some(({ startedBy }) => startedBy === id));
  const steady =
    running === desiredCount && live.length === running && draining.length === 0 && primary.rolloutState !== "FAILED";
  const events: string[] = [];
  if (breaker) {
    events.push(`(service ${service.name}) (deployment ${primary.id}) deployment failed: tasks failed to start.`);
  }
  if (failures.consecutive >= manyFailures && kept.size < desiredCount) {
    events.push(`(service ${service.name}) is unable to consistently start tasks successfully. ${troubleshooting}`);
  }
  let next: ServiceRecord = { ...current, deployments: [primary, ...draining] };
  if (steady && primary.rolloutState === "IN_PROGRESS") {
    next = completed(next, now);
    events.push(`(service ${service.name}) (deployment ${primary.id}) deployment completed.`);
  }
  if (steady && !service.steady) events.push(`(service ${service.name}) has reached a steady state.`);
  if (steady !== service.steady) next = { ...next, steady };
  return {
    service: next,
    start: startOn.length,
    startOn,
    stop: [
      ...stop.map((task) => ({ task, deploymentId: task.startedBy ?? "" })),
      ...unhealthy.map((task) => ({ task, deploymentId: task.startedBy ?? "", isUnhealthy: true as const })),
    ],
    events: events.filter((message) => !recent(service, message)),
    rollback: breaker !== undefined && (service.deploymentConfiguration.deploymentCircuitBreaker?.rollback ?? false),
  };
}
