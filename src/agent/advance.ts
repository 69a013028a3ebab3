import {
  type AgentContainer,
  type AgentTask,
  type ContainerStatus,
  isStopped,
  payloadOf,
  type TaskEvent,
} from "./task.ts";

/**
 * The task after `event`, which was told at `now` (milliseconds since 1970). Pure; what would move a status backwards
 * changes nothing.
 */
export function advance(task: AgentTask, event: TaskEvent, now: number): AgentTask {
  const next = settle(task, apply(task, event, now), event);
  return isStopped(next) && next.stoppedAt === undefined ? { ...next, stoppedAt: now } : next;
}

function apply(task: AgentTask, event: TaskEvent, now: number): AgentTask {
  switch (event.kind) {
    case "stop-wanted":
      return { ...task, desired: "STOPPED" };
    case "secrets-resolving":
      return { ...task, secrets: "resolving" };
    case "secrets-resolved":
      return { ...task, secrets: "resolved" };
    case "secrets-failed":
      return stopFor({ ...task, secrets: "failed" }, event.reason);
    case "namespace-opening":
      return { ...task, namespace: { status: "opening" } };
    case "namespace-opened":
      return { ...task, namespace: { status: "open", id: event.id } };
    case "namespace-failed":
      return stopFor({ ...task, namespace: { status: "failed" } }, event.reason);
    case "namespace-closing":
      return { ...task, namespace: { ...task.namespace, status: "closing" } };
    case "namespace-closed":
      return { ...task, namespace: { status: "closed" } };
    case "pulling": {
      const pulling = change(task, event.container, { status: "pulling" });
      return task.pullStartedAt === undefined ? { ...pulling, pullStartedAt: now } : pulling;
    }
    case "pulled": {
      const digest = event.digest === undefined ? {} : { imageDigest: event.digest };
      return { ...change(task, event.container, { status: "pulled", ...digest }), pullStoppedAt: now };
    }
    case "creating":
      return change(task, event.container, { status: "creating" });
    case "created":
      return change(task, event.container, { status: "created", runtimeId: event.id });
    case "starting":
      return change(task, event.container, { status: "starting" });
    case "started":
      return change(task, event.container, { status: "running", startedAt: event.at, ports: event.ports });
    case "stopping":
      return change(task, event.container, { status: "stopping" });
    case "stopped": {
      const { exitCode, reason } = event;
      return change(task, event.container, {
        status: "stopped",
        ...(exitCode === undefined ? {} : { exitCode }),
        ...(reason === undefined ? {} : { reason }),
      });
    }
  }
}

/** An essential container's end stops the task; containers that were never created need no stopping. */
function settle(before: AgentTask, task: AgentTask, event: TaskEvent): AgentTask {
  let next = task;
  if (event.kind === "stopped" && task !== before && payloadOf(task, event.container).essential) {
    next = { ...next, desired: "STOPPED", executionStoppedAt: next.executionStoppedAt ?? event.at };
    // Fargate tells in the task's reason what EC2 tells in the container's.
    const neverRan = next.containers.every(({ startedAt }) => startedAt === undefined);
    if (next.payload.launchType === "FARGATE" && neverRan && event.reason !== undefined)
      next = stopFor(next, event.reason);
  }
  if (next.containers.every(({ status }) => status === "stopped")) next = { ...next, desired: "STOPPED" };
  if (next.desired === "RUNNING") return next;
  const containers = next.containers.map((container) =>
    neverCreated.includes(container.status) ? { ...container, status: "stopped" as const } : container,
  );
  return { ...next, containers };
}

/** A pull under way is left to end by itself; what it brings is of use to the next task. */
const neverCreated = ["none", "pulling", "pulled"];

function stopFor(task: AgentTask, reason: string): AgentTask {
  return { ...task, desired: "STOPPED", reason: task.reason ?? reason };
}

const order: readonly ContainerStatus[] = [
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

function change(task: AgentTask, name: string, changes: Partial<AgentContainer>): AgentTask {
  const current = task.containers.find((container) => container.name === name);
  if (!current) return task;
  if (changes.status !== undefined && order.indexOf(changes.status) <= order.indexOf(current.status)) return task;
  const changed = { ...current, ...changes };
  // The first error is the cause; those that follow from it are not told.
  if (current.reason !== undefined) Object.assign(changed, { reason: current.reason });
  return { ...task, containers: task.containers.map((container) => (container === current ? changed : container)) };
}
