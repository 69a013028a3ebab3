import { defined } from "../../defined.ts";
import { haveEnded, isStopped, isUncreated } from "./status.ts";
import {
  type AgentTask,
  type Attempt,
  type ContainerEvent,
  type ContainerStatus,
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
      return stopFor(task);
    case "resource-making":
      return moveResource(task, event.resource, { status: "making" });
    case "resource-made":
      return moveResource(task, event.resource, defined({ status: "made" as const, data: event.data }));
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
  if (event.kind === "stopped" && task !== before && payloadOf(task, event.container).essential) {
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
  const attempt = changed(container.attempt, event);
  if (containerOrder.indexOf(attempt.status) <= containerOrder.indexOf(container.attempt.status)) return task;
  const digest = event.kind === "pulled" ? { imageDigest: event.digest } : {};
  const next = { ...container, ...defined(digest), attempt };
  return { ...task, containers: task.containers.map((one) => (one === container ? next : one)) };
}

function changed(attempt: Attempt, event: ContainerEvent): Attempt {
  switch (event.kind) {
    case "creating":
      return { ...attempt, status: "creating", runtimeName: event.runtimeName };
    case "created":
      return { ...attempt, status: "created", runtimeId: event.id };
    case "started":
      return { ...attempt, status: "running", startedAt: event.at, ports: event.ports };
    case "stopped": {
      const { exitCode, reason } = event;
      const finishedAt = attempt.startedAt === undefined ? undefined : event.at;
      return { ...attempt, status: "stopped", ...defined({ finishedAt, exitCode, reason }) };
    }
    default:
      return { ...attempt, status: event.kind };
  }
}
