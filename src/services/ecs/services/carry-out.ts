import { accountWideSetting } from "../account-settings/effective.ts";
import { lastPart, scopeOf } from "../arns.ts";
import type { Ecs } from "../context.ts";
import type { TaskDefinition } from "../definitions/definition.ts";
import { startOnCapacity } from "../placement/start-on-capacity.ts";
import { startOnEach } from "../placement/start-on-each.ts";
import type { PlacementRequest } from "../placement/start-tasks.ts";
import type { Records } from "../store.ts";
import { runningPlatformVersion } from "../tasks/platform-version.ts";
import { requestStop } from "../tasks/state.ts";
import { storeTasks } from "../tasks/store-task.ts";
import type { Task } from "../tasks/task.ts";
import { addEvents } from "./deployments.ts";
import { placementEvent } from "./placement-event.ts";
import type { Plan } from "./plan-service.ts";
import type { SchedulerRound } from "./round.ts";
import type { ServiceRecord } from "./service.ts";
import { serviceTaskTags } from "./task-tags.ts";

/** The most tasks that are started and stopped in one transaction, which nothing interrupts on SQLite. */
export const sliceSize = 20;

/** A decision on a service, or what is left of it after a slice. */
export interface Work extends Pick<Plan, "start" | "startOn" | "stop"> {
  /** The service as it is stored, and as it is to be. */
  readonly stored: ServiceRecord;
  readonly service: ServiceRecord;
  /** The number of tasks of the primary deployment that may be to run by now: others may have ended, none may have started. */
  readonly wanted: number;
  /** The primary deployment's, once it was read. */
  readonly definition: TaskDefinition | undefined;
  /** The instances whose tasks the last slice changed. */
  readonly touched: ReadonlySet<string>;
}

/** Carries out the next slice of the work in the caller's transaction. Resolves to what is left. */
export async function carryOut(context: Ecs, records: Records, work: Work, round: SchedulerRound): Promise<Work> {
  const { service } = work;
  const now = context.clock.now().getTime();
  const messages: string[] = [];
  const touched = new Set<string>();
  const touch = (tasks: readonly Task[]) => {
    for (const { instanceArn } of tasks) if (instanceArn !== undefined) touched.add(instanceArn);
  };
  const stop = work.stop.slice(0, sliceSize);
  const stopped = await stopTasks(records, stop, now);
  touch(stopped);
  const unhealthy = new Set(stop.flatMap(({ task, isUnhealthy }) => (isUnhealthy ? task.arn : [])));
  for (const { arn } of stopped.filter(({ arn }) => unhealthy.has(arn))) {
    messages.push(`(service ${service.name}) (task ${lastPart(arn)}) failed container health checks.`);
  }
  if (stopped.length > 0) {
    messages.push(`(service ${service.name}) has stopped ${stopped.length} running tasks: ${named(stopped)}.`);
  }
  const start = Math.min(work.start, sliceSize - stop.length);
  let left = work.start - start;
  let started = 0;
  let { definition } = work;
  if (start > 0) {
    definition ??= await definitionOf(records, service);
    const on = work.startOn?.slice(0, start);
    const { tasks, event } = await startServiceTasks(context, records, { service, definition, start, on, now }, round);
    touch(tasks);
    started = tasks.length;
    if (tasks.length > 0) {
      messages.push(`(service ${service.name}) has started ${tasks.length} tasks: ${named(tasks)}.`);
      messages.push(...noticeEvents(service, tasks));
    }
    if (event !== undefined && service.events[0]?.message !== event) messages.push(event);
    // Without room now, the next round tries again.
    if (event !== undefined && !on) left = 0;
  }
  const next = addEvents(service, messages, context.ids, now);
  if (JSON.stringify(next) !== JSON.stringify(work.stored)) await records.services.put(next);
  return {
    stored: next,
    service: next,
    start: left,
    ...(work.startOn && { startOn: work.startOn.slice(start) }),
    stop: work.stop.slice(stop.length),
    wanted: work.wanted + started,
    definition,
    touched,
  };
}

async function stopTasks(records: Records, stop: Plan["stop"], at: number): Promise<readonly Task[]> {
  const orders = new Map(stop.map((order) => [order.task.arn, order]));
  const changes = (await records.tasks.findAll([...orders.keys()])).map((before) => {
    const { isUnhealthy, deploymentId } = orders.get(before.arn) ?? {};
    const reason = isUnhealthy
      ? "Task failed container health checks"
      : `Scaling activity initiated by (deployment ${deploymentId})`;
    return { before, after: requestStop(before, { at, code: "ServiceSchedulerInitiated", reason }) };
  });
  await storeTasks(records, changes);
  return changes.flatMap(({ before, after }) => (after === before ? [] : after));
}

async function definitionOf(records: Records, service: ServiceRecord): Promise<TaskDefinition> {
  const definition = await records.definitions.get(service.deployments[0].definitionArn);
  if (!definition) throw new Error(`Cannot find the task definition of ${service.arn}`);
  return definition;
}

interface Start {
  readonly service: ServiceRecord;
  readonly definition: TaskDefinition;
  readonly start: number;
  /** The instances that get one task each. */
  readonly on: readonly string[] | undefined;
  readonly now: number;
}

/** A task of the primary deployment, as placement is asked for it. */
export async function serviceTask(
  records: Records,
  service: ServiceRecord,
  definition: TaskDefinition,
): Promise<PlacementRequest> {
  const [primary] = service.deployments;
  return {
    clusterArn: service.clusterArn,
    definition,
    launchType: primary.launchType,
    logDriverMode: await accountWideSetting(records, scopeOf(service.arn), "defaultLogDriverMode"),
    platformVersion: primary.launchType === "FARGATE" ? runningPlatformVersion(primary.platformVersion) : undefined,
    overrides: {},
    networkConfiguration: primary.networkConfiguration,
    group: `service:${service.name}`,
    startedBy: primary.id,
    serviceArn: service.arn,
    enableExecuteCommand: service.enableExecuteCommand ?? false,
    pins: primary.pins,
    clientToken: undefined,
    requestHash: undefined,
    constraints: service.placementConstraints ?? [],
    strategy: service.placementStrategy ?? [],
  };
}

/** Starts tasks of the primary deployment. `event` says why some were not placed. */
async function startServiceTasks(
  context: Ecs,
  records: Records,
  { service, definition, start, on, now }: Start,
  round: SchedulerRound,
) {
  const [primary] = service.deployments;
  const { capacityProviderStrategy: strategy = [] } = primary;
  const request = await serviceTask(records, service, definition);
  const making = { ids: context.ids, now, strictResources: context.strictResources };
  const { tasks, failures } = on
    ? await startOnEach(records, request, { on, making, instances: await round.instances(records, service.clusterArn) })
    : await startOnCapacity(records, request, {
        strategy,
        count: start,
        ...(strategy.length > 0 && { there: await records.taskStates.countByProvider(service.arn, primary.id) }),
        instances: () => round.instances(records, service.clusterArn),
        making,
      });
  const tags = await serviceTaskTags(records, service, definition.arn);
  if (tags.length > 0) for (const task of tasks) await records.tags.put(task.arn, tags);
  return { tasks, event: tasks.length < start ? placementEvent(service.name, failures) : undefined };
}

/** What the tasks' notices say, each once in the events that are kept. */
function noticeEvents({ name, events }: ServiceRecord, tasks: readonly Task[]): readonly string[] {
  const notices = new Set(tasks.flatMap(({ notices = {} }) => Object.values(notices)));
  return [...notices]
    .map((notice) => `(service ${name}) ${notice}`)
    .filter((message) => !events.some((event) => event.message === message));
}

function named(tasks: readonly Task[]): string {
  return tasks.map(({ arn }) => `(task ${lastPart(arn)})`).join(" ");
}
