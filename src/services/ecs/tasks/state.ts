import type { NetworkBinding } from "@aws-sdk/client-ecs";
import type { HeldSecret } from "../../../acs/held-secrets.ts";
import { defined } from "../../../defined.ts";
import type { ExecuteCommandAgent, StopCode, Task, TaskContainer, TaskStatus } from "./task.ts";

/** An agent's report on a container. It leaves out containers and members that have not changed. */
export interface ContainerObservation {
  readonly name: string;
  readonly status?: string | undefined;
  readonly runtimeId?: string | undefined;
  readonly imageDigest?: string | undefined;
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
  readonly networkBindings?: readonly NetworkBinding[] | undefined;
}

/** An agent's report on its ability to run commands in a container. */
export interface ManagedAgentObservation {
  readonly container: string;
  readonly status: string;
  readonly reason?: string | undefined;
}

/** An agent's report on a task. Times are milliseconds since 1970. */
export interface Observation {
  readonly at: number;
  readonly status?: string | undefined;
  readonly reason?: string | undefined;
  readonly containers?: readonly ContainerObservation[] | undefined;
  readonly managedAgents?: readonly ManagedAgentObservation[] | undefined;
  /** Every version of a secret that the task holds; absent where nothing changed. */
  readonly held?: readonly HeldSecret[] | undefined;
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

/** Further states of AWS's agent, and the control plane's names for them. */
const agentStatuses: Readonly<Record<string, TaskStatus>> = {
  NONE: "PENDING",
  MANIFEST_PULLED: "PENDING",
  PULLED: "PENDING",
  CREATED: "PENDING",
};

const containerStatuses = ["PENDING", "RUNNING", "STOPPED"] as const satisfies TaskContainer["lastStatus"][];

/** The task after an agent's report; the same object if the report brings nothing new. States only move forward. */
export function advance(task: Task, observed: Observation): Task {
  if (task.lastStatus === "STOPPED") return task;
  const lastStatus = later(task.lastStatus, toStatus(observed.status));
  const containers = task.containers.map((container) => advanceContainer(container, observed, lastStatus));
  const seen: Task = {
    ...task,
    lastStatus,
    containers,
    ...defined({
      connectivityAt: task.connectivityAt ?? observed.at,
      held: observed.held ? { from: "agent" as const, secrets: observed.held } : task.held,
      pullStartedAt: task.pullStartedAt ?? observed.pullStartedAt,
      pullStoppedAt: task.pullStoppedAt ?? observed.pullStoppedAt,
      executionStoppedAt: task.executionStoppedAt ?? observed.executionStoppedAt,
      startedAt: task.startedAt ?? (lastStatus === "RUNNING" ? observed.at : undefined),
    }),
    ...attached(task, lastStatus),
  };
  const next = decide(seen, observed);
  return same(task, next) ? task : { ...next, version: task.version + 1 };
}

/** The task, to be stopped. The first reason stays. */
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

/** The task, stopped by the control plane alone: no agent ever got it, or its machine is gone. */
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

/** Adds why the task stops by itself. An agent's reason replaces a concluded one, never one that somebody gave. */
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
  const containers = task.containers.map((container) => ({
    ...container,
    lastStatus: "STOPPED" as const,
    ...(container.executeCommandAgent && {
      executeCommandAgent: { ...container.executeCommandAgent, lastStatus: "STOPPED" as const },
    }),
  }));
  return {
    ...task,
    containers,
    stoppedAt: at,
    stoppingAt: task.stoppingAt ?? at,
    executionStoppedAt: task.executionStoppedAt ?? at,
    ...(task.networkInterface && { networkInterface: { ...task.networkInterface, status: "DELETED" as const } }),
  };
}

/**
 * True if an essential program of the task ended by itself. A quick one may have ended before the agent reported RUNNING; others were
 * stopped because one could not start.
 */
function started(task: Task): boolean {
  if (task.startedAt !== undefined) return true;
  const essential = task.containers.filter((container) => container.essential);
  return (
    essential.some(({ exitCode }) => exitCode !== undefined) &&
    !essential.some(({ reason }) => reason?.startsWith("Cannot"))
  );
}

function advanceContainer(container: TaskContainer, observed: Observation, lastStatus: TaskStatus): TaskContainer {
  if (container.lastStatus === "STOPPED") return container;
  const news = observed.containers?.find(({ name }) => name === container.name);
  const status = lastStatus === "STOPPED" ? "STOPPED" : (news?.status ?? "PENDING");
  const reported = containerStatuses.find((known) => known === status) ?? container.lastStatus;
  const isLater = containerStatuses.indexOf(reported) > containerStatuses.indexOf(container.lastStatus);
  const next = isLater ? reported : container.lastStatus;
  return {
    ...container,
    lastStatus: next,
    ...defined({
      executeCommandAgent: advancedAgent(container, next, observed),
      runtimeId: news?.runtimeId,
      imageDigest: news?.imageDigest,
      exitCode: news?.exitCode,
      reason: news?.reason || undefined,
      networkBindings: news?.networkBindings?.length ? news.networkBindings : undefined,
    }),
  };
}

/** It stops with its container. */
function advancedAgent(
  { name, executeCommandAgent: agent }: TaskContainer,
  containerStatus: TaskContainer["lastStatus"],
  { at, managedAgents }: Observation,
): ExecuteCommandAgent | undefined {
  if (!agent) return undefined;
  const news = managedAgents?.find(({ container }) => container === name);
  const status = containerStatus === "STOPPED" ? "STOPPED" : news?.status;
  const lastStatus = containerStatuses.find((known) => known === status) ?? agent.lastStatus;
  const hasStarted = lastStatus === "RUNNING" && agent.lastStatus !== "RUNNING";
  return {
    ...agent,
    lastStatus,
    ...(hasStarted && { lastStartedAt: at }),
    ...defined({ reason: news?.reason || undefined }),
  };
}

/** Once the task is past PROVISIONING, its network interface is attached. */
function attached({ networkInterface }: Task, lastStatus: TaskStatus): Partial<Task> {
  if (!networkInterface || lastStatus === "PROVISIONING" || lastStatus === "STOPPED") return {};
  return { networkInterface: { ...networkInterface, status: "ATTACHED" } };
}

function toStatus(status: string | undefined): TaskStatus {
  const known = statuses.find((candidate) => candidate === status);
  return known ?? agentStatuses[status ?? ""] ?? "PROVISIONING";
}

function later(one: TaskStatus, other: TaskStatus): TaskStatus {
  return statuses.indexOf(other) > statuses.indexOf(one) ? other : one;
}

function same(one: Task, other: Task): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
