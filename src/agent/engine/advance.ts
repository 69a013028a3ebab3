import { mergeHeld } from "../../acs/held-secrets.ts";
import { defined } from "../../defined.ts";
import { decideRestart } from "./restart-policy.ts";
import { haveEnded, isStopped, isUncreated } from "./status.ts";
import {
  type AgentContainer,
  type AgentTask,
  type Attempt,
  type ContainerEvent,
  type ContainerStatus,
  containerOf,
  isBetweenRuns,
  lastStart,
  payloadOf,
  type ResourceState,
  type TaskEvent,
} from "./task.ts";

/**
 * The task after `event`, which came at `now` (milliseconds since 1970). Pure. An event that would move a status backwards
 * changes nothing, and a task that nothing changes is returned itself.
 */
export function advance(task: AgentTask, event: TaskEvent, now: number): AgentTask {
  const next = settle(task, apply(task, event, now), event);
  return isStopped(next) && next.stoppedAt === undefined ? { ...next, stoppedAt: now } : next;
}

function apply(task: AgentTask, event: TaskEvent, now: number): AgentTask {
  switch (event.kind) {
    case "stop-wanted":
      return stopFor(task, event.reason);
    case "resource-making":
      return moveResource(task, event.resource, { status: "making" });
    case "resource-made": {
      const made = moveResource(task, event.resource, defined({ status: "made" as const, data: event.data }));
      if (made === task) return task;
      const held = event.held && mergeHeld(task.held ?? [], event.held);
      return { ...made, ...defined({ held, isUnclear: event.isUnclear }) };
    }
    case "secrets-renewed":
      return { ...task, held: mergeHeld(task.held ?? [], event.held) };
    case "resource-failed": {
      const { left } = event;
      const failed = moveResource(
        task,
        event.resource,
        left === undefined ? { status: "failed" } : { status: "made", data: left },
      );
      return failed === task ? task : stopFor(failed, event.reason);
    }
    case "resource-lost":
      return task.resources[event.resource]?.status === "made" ? stopFor(task, event.reason) : task;
    case "resource-undoing":
      return moveResource(task, event.resource, { ...task.resources[event.resource], status: "undoing" });
    case "resource-undone":
      return moveResource(task, event.resource, { status: "undone" });
    case "pulling": {
      const pulling = change(task, event);
      return pulling === task ? task : { ...pulling, pullStartedAt: task.pullStartedAt ?? now };
    }
    case "pulled": {
      const pulled = change(task, event);
      return pulled === task ? task : { ...pulled, pullStoppedAt: now };
    }
    default:
      return change(task, event);
  }
}

/** An essential container's end stops the task. Containers that were never created need no stopping. */
function settle(before: AgentTask, task: AgentTask, event: TaskEvent): AgentTask {
  let next = task;
  if (event.kind === "stopped" && task !== before && hasStopped(task, event.container)) {
    // Fargate's agent reports in the task's reason what EC2's reports in the container's.
    const neverRan = next.containers.every(({ attempt }) => attempt.startedAt === undefined);
    const reason = next.payload.launchType === "FARGATE" && neverRan ? event.reason : undefined;
    next = { ...stopFor(next, reason), executionStoppedAt: next.executionStoppedAt ?? event.at };
  }
  if (haveEnded(next)) next = stopFor(next);
  if (next.desired === "RUNNING" || !next.containers.some(isUncreated)) return next;
  // A pull that is under way is not cut short: the next task can use the image.
  const containers = next.containers.map((container) =>
    isUncreated(container)
      ? { ...container, attempt: { ...container.attempt, status: "stopped" as const } }
      : container,
  );
  return { ...next, containers };
}

/** An essential container has. */
function hasStopped(task: AgentTask, name: string): boolean {
  return payloadOf(task, name).essential && containerOf(task, name).attempt.status === "stopped";
}

/** Only the first cause gives the reason: what fails while the task stops does not. */
function stopFor(task: AgentTask, reason?: string): AgentTask {
  return task.desired === "STOPPED" ? task : { ...task, desired: "STOPPED", ...defined({ reason }) };
}

const resourceOrder = { none: 0, making: 1, made: 2, undoing: 3, undone: 4, failed: 4 };

function moveResource(task: AgentTask, kind: string, to: ResourceState): AgentTask {
  const from = task.resources[kind];
  if (!from || resourceOrder[to.status] <= resourceOrder[from.status]) return task;
  return { ...task, resources: { ...task.resources, [kind]: to } };
}

const containerOrder: readonly ContainerStatus[] = [
  "none",
  "pulling",
  "pulled",
  "creating",
  "created",
  "starting",
  "running",
  "stopping",
  "stopped",
];

/** Moves the container's current attempt. */
function change(task: AgentTask, event: ContainerEvent): AgentTask {
  const container = task.containers.find(({ name }) => name === event.container);
  if (!container) return task;
  if (event.kind === "health" || event.kind === "out-of-memory") {
    const told = noted(task, container, event);
    return told === container.attempt ? task : withContainer(task, container, { ...container, attempt: told });
  }
  if (event.kind === "stopped") {
    if (isKnownEnd(container.attempt, event)) return task;
    const attempt = toRestart(task, container, event);
    if (attempt) return withContainer(task, container, { ...container, attempt });
  }
  const attempt = changed(container.attempt, event, payloadOf(task, container.name).healthCheckType !== undefined);
  if (containerOrder.indexOf(attempt.status) <= containerOrder.indexOf(container.attempt.status)) return task;
  const digest = event.kind === "pulled" ? { imageDigest: event.digest } : {};
  return withContainer(task, container, { ...container, ...defined(digest), attempt });
}

function withContainer(task: AgentTask, from: AgentContainer, to: AgentContainer): AgentTask {
  return { ...task, containers: task.containers.map((one) => (one === from ? to : one)) };
}

/** What is heard of a run that is beginning or under way. AWS counts no check but the task definition's own. */
function noted(
  task: AgentTask,
  { name, attempt }: AgentContainer,
  event: ContainerEvent & { readonly kind: "health" | "out-of-memory" },
): Attempt {
  if (attempt.status !== "starting" && attempt.status !== "running") return attempt;
  if (event.kind === "out-of-memory") return attempt.isOutOfMemory ? attempt : { ...attempt, isOutOfMemory: true };
  if (payloadOf(task, name).healthCheckType === undefined || attempt.health?.status === event.status) return attempt;
  return { ...attempt, health: { status: event.status, since: event.at } };
}

type Stopped = ContainerEvent & { readonly kind: "stopped" };

/** Two who looked saw the same end, and the program was started again meanwhile. */
function isKnownEnd(attempt: Attempt, { since }: Stopped): boolean {
  const last = lastStart(attempt);
  if (since === undefined || last === undefined) return false;
  return isBetweenRuns(attempt) ? since <= last : attempt.status === "running" && since < last;
}

/** The attempt before its next run, where the restart policy wants one. */
function toRestart(task: AgentTask, { name, attempt }: AgentContainer, event: Stopped): Attempt | undefined {
  if (attempt.status !== "running") return undefined;
  const { exitCode, at } = event;
  const decision = decideRestart(payloadOf(task, name).restartPolicy, {
    isStopWanted: task.desired === "STOPPED",
    exitCode,
    startedAt: attempt.startedAt,
    lastRestartAt: attempt.restarts?.lastAt,
    at,
  });
  if (!decision.restart) return undefined;
  const { isOutOfMemory: _, ports: __, ...rest } = attempt;
  return {
    ...rest,
    status: "created",
    finishedAt: at,
    ...defined({ exitCode, health: attempt.health && ({ status: "UNKNOWN", since: at } as const) }),
    restarts: { ...attempt.restarts, count: (attempt.restarts?.count ?? 0) + 1 },
  };
}

type Step = Exclude<ContainerEvent, { readonly kind: "health" | "out-of-memory" }>;

function changed(attempt: Attempt, event: Step, isChecked: boolean): Attempt {
  switch (event.kind) {
    case "creating":
      return { ...attempt, status: "creating", runtimeName: event.runtimeName };
    case "created":
      return { ...attempt, status: "created", runtimeId: event.id };
    case "started": {
      const { exitCode: _, finishedAt: __, ...rest } = attempt;
      return {
        ...rest,
        status: "running",
        startedAt: attempt.startedAt ?? event.at,
        ports: event.ports,
        ...(isChecked && { health: attempt.health ?? { status: "UNKNOWN", since: event.at } }),
        ...(attempt.restarts && { restarts: { ...attempt.restarts, lastAt: event.at } }),
      };
    }
    case "stopped": {
      const { exitCode } = event;
      const finishedAt = attempt.startedAt === undefined ? undefined : (attempt.finishedAt ?? event.at);
      // Docker tells of it only where the kernel killed the first process.
      const reason = attempt.isOutOfMemory && exitCode !== undefined ? outOfMemory : event.reason;
      return { ...attempt, status: "stopped", ...defined({ finishedAt, exitCode, reason }) };
    }
    default:
      return { ...attempt, status: event.kind };
  }
}

const outOfMemory = "OutOfMemoryError: Container killed due to memory usage";
