import type { NetworkBinding } from "@aws-sdk/client-ecs";
import type { StopCode, Task, TaskContainer, TaskStatus } from "../model.ts";

/** What an agent says of a container; it says nothing of containers and members that have not changed. */
export interface ContainerObservation {
  readonly name: string;
  readonly status?: string | undefined;
  readonly runtimeId?: string | undefined;
  readonly imageDigest?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
  readonly networkBindings?: readonly NetworkBinding[] | undefined;
}

/** What an agent says of a task. Times are milliseconds since 1970. */
export interface Observation {
  readonly at: number;
  readonly status?: string | undefined;
  readonly reason?: string | undefined;
  readonly containers?: readonly ContainerObservation[] | undefined;
  readonly pullStartedAt?: number | undefined;
  readonly pullStoppedAt?: number | undefined;
  readonly executionStoppedAt?: number | undefined;
}

export interface Stop {
  readonly at: number;
  readonly code: StopCode;
  readonly reason: string;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
const statuses: readonly TaskStatus[] = [
  "PROVISIONING",
  "PENDING",
  "ACTIVATING",
  "RUNNING",
  "DEACTIVATING",
  "STOPPING",
  "DEPROVISIONING",
  "STOPPED",
];

/** States that AWS's agent has besides, as the control plane calls them. */
const agentStatuses: Readonly<Record<string, TaskStatus>> = {
  NONE: "PENDING",
  MANIFEST_PULLED: "PENDING",
  PULLED: "PENDING",
  CREATED: "PENDING",
};

const containerStatuses: readonly string[] = ["PENDING", "RUNNING", "STOPPED"] satisfies TaskContainer["lastStatus"][];

/** The task after an agent's word; the same object if that told nothing new. States only move forward. */
export function advance(task: Task, observed: Observation): Task {
  if (task.lastStatus === "STOPPED") return task;
  const lastStatus = later(task.lastStatus, toStatus(observed.status));
  const containers = task.containers.map((container) => advanceContainer(container, observed, lastStatus));
  const seen: Task = {
    ...task,
    lastStatus,
    containers,
    ...(task.connectivityAt === undefined && { connectivityAt: observed.at }),
    ...(task.pullStartedAt === undefined && given("pullStartedAt", observed.pullStartedAt)),
    ...(task.pullStoppedAt === undefined && given("pullStoppedAt", observed.pullStoppedAt)),
    ...(task.executionStoppedAt === undefined && given("executionStoppedAt", observed.executionStoppedAt)),
    ...(lastStatus === "RUNNING" && task.startedAt === undefined && { startedAt: observed.at }),
    ...(lastStatus !== "STOPPED" && task.networkInterface && attached(task, lastStatus)),
  };
  const next = decide(seen, observed);
  return same(task, next) ? task : { ...next, version: task.version + 1 };
}

/** The task once it is no longer wanted; the first reason stays. */
export function requestStop(task: Task, stop: Stop): Task {
  if (task.desiredStatus === "STOPPED") return task;
  return {
    ...task,
    version: task.version + 1,
    desiredStatus: "STOPPED",
    stoppingAt: stop.at,
    stopCode: stop.code,
    stoppedReason: stop.reason,
  };
}

/** The task stopped by the control plane alone: it never got to an agent, or its machine is gone. */
export function stopNow(task: Task, stop: Stop): Task {
  if (task.lastStatus === "STOPPED") return task;
  const wanted = requestStop(task, stop);
  return finish({ ...wanted, lastStatus: "STOPPED" }, stop.at);
}

function decide(task: Task, { at, reason }: Observation): Task {
  if (task.lastStatus === "STOPPED") return finish(withCause(task, at, reason), at);
  const exited = task.containers.some((container) => container.essential && container.lastStatus === "STOPPED");
  return exited && task.desiredStatus === "RUNNING" ? withCause(task, at, reason) : task;
}

/** Why the task stops by itself. An agent's word replaces what was concluded, never what somebody asked for. */
function withCause(task: Task, at: number, reason: string | undefined): Task {
  const asked = task.stopCode === "UserInitiated" || task.stopCode === "ServiceSchedulerInitiated";
  const concluded = started(task)
    ? ({ stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" } as const)
    : ({ stopCode: "TaskFailedToStart", stoppedReason: "Task failed to start" } as const);
  return {
    ...task,
    desiredStatus: "STOPPED",
    stoppingAt: task.stoppingAt ?? at,
    ...(!asked && (task.stopCode === undefined || !task.stoppedReason) && concluded),
    ...(!asked && reason && { stopCode: task.stopCode ?? concluded.stopCode, stoppedReason: reason }),
  };
}

function finish(task: Task, at: number): Task {
  const containers = task.containers.map((container) => ({ ...container, lastStatus: "STOPPED" as const }));
  return {
    ...task,
    containers,
    stoppedAt: at,
    stoppingAt: task.stoppingAt ?? at,
    executionStoppedAt: task.executionStoppedAt ?? at,
    ...(task.networkInterface && { networkInterface: { ...task.networkInterface, status: "DELETED" as const } }),
  };
}

/** Whether a program of the task ever ran: a quick one may have ended before anybody said RUNNING. */
function started(task: Task): boolean {
  if (task.startedAt !== undefined) return true;
  return task.containers.some(
    ({ essential, exitCode, reason }) => essential && exitCode !== undefined && !reason?.startsWith("Cannot"),
  );
}

function advanceContainer(container: TaskContainer, observed: Observation, lastStatus: TaskStatus): TaskContainer {
  if (container.lastStatus === "STOPPED") return container;
  const news = observed.containers?.find(({ name }) => name === container.name);
  const status = lastStatus === "STOPPED" ? "STOPPED" : (news?.status ?? "PENDING");
  const rank = Math.max(containerStatuses.indexOf(container.lastStatus), containerStatuses.indexOf(status));
  return {
    ...container,
    lastStatus: containerStatuses[rank] as TaskContainer["lastStatus"],
    ...given("runtimeId", news?.runtimeId),
    ...given("imageDigest", news?.imageDigest),
    ...given("exitCode", news?.exitCode),
    ...given("reason", news?.reason || undefined),
    ...(news?.networkBindings?.length && { networkBindings: news.networkBindings }),
  };
}

function attached(task: Task, lastStatus: TaskStatus): Partial<Task> {
  if (lastStatus === "PROVISIONING") return {};
  return { networkInterface: { ...task.networkInterface!, status: "ATTACHED" } };
}

function toStatus(status: string | undefined): TaskStatus {
  const known = statuses.find((candidate) => candidate === status);
  return known ?? agentStatuses[status ?? ""] ?? "PROVISIONING";
}

function later(one: TaskStatus, other: TaskStatus): TaskStatus {
  return statuses.indexOf(other) > statuses.indexOf(one) ? other : one;
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value });
}

function same(one: Task, other: Task): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
