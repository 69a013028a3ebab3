import {
  type AgentContainer,
  type AgentTask,
  type ContainerStatus,
  isStopped,
  isUncreated,
  payloadOf,
  type TaskEvent,
} from "./task.ts";

/**
 * The task after `event`, which was told at `now` (milliseconds since 1970). Pure; what would move a status backwards
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
    case "credentials-sent":
      return moveSecrets(task, "none");
    case "secrets-resolving":
      return moveSecrets(task, "resolving");
    case "secrets-resolved":
      return moveSecrets(task, "resolved");
    case "secrets-failed": {
      const failed = moveSecrets(task, "failed");
      return failed === task ? task : stopFor(failed, event.reason);
    }
    case "namespace-opening":
      return moveNamespace(task, { status: "opening" });
    case "namespace-opened":
      return moveNamespace(task, { status: "open", id: event.id });
    case "namespace-failed": {
      const failed = moveNamespace(task, { status: "failed" });
      return failed === task ? task : stopFor(failed, event.reason);
    }
    case "namespace-lost":
      return stopFor(task, "ContainerNetworkingError: the task's network namespace has ended");
    case "namespace-closing":
      return moveNamespace(task, { ...task.namespace, status: "closing" });
    case "namespace-closed":
      return moveNamespace(task, { status: "closed" });
    case "pulling": {
      const pulling = change(task, event.container, { status: "pulling" });
      return pulling === task ? task : { ...pulling, pullStartedAt: task.pullStartedAt ?? now };
    }
    case "pulled": {
      const digest = event.digest === undefined ? {} : { imageDigest: event.digest };
      const pulled = change(task, event.container, { status: "pulled", ...digest });
      return pulled === task ? task : { ...pulled, pullStoppedAt: now };
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
        ...(exitCode !== undefined && { exitCode }),
        ...(reason !== undefined && { reason }),
      });
    }
  }
}

/** An essential container's end stops the task; containers that were never created need no stopping. */
function settle(before: AgentTask, task: AgentTask, event: TaskEvent): AgentTask {
  let next = task;
  if (event.kind === "stopped" && task !== before && payloadOf(task, event.container).essential) {
    // Fargate tells in the task's reason what EC2 tells in the container's.
    const neverRan = next.containers.every(({ startedAt }) => startedAt === undefined);
    const reason = next.payload.launchType === "FARGATE" && neverRan ? event.reason : undefined;
    next = { ...stopFor(next, reason), executionStoppedAt: next.executionStoppedAt ?? event.at };
  }
  if (next.containers.every(({ status }) => status === "stopped")) next = stopFor(next);
  if (next.desired === "RUNNING" || !next.containers.some(isUncreated)) return next;
  // A pull under way is left to end by itself; what it brings is of use to the next task.
  const containers = next.containers.map((container) =>
    isUncreated(container) ? { ...container, status: "stopped" as const } : container,
  );
  return { ...next, containers };
}

/** Only what makes the task stop gives its reason: what fails while it stops does not. */
function stopFor(task: AgentTask, reason?: string): AgentTask {
  if (task.desired === "STOPPED") return task;
  return { ...task, desired: "STOPPED", ...(reason !== undefined && { reason }) };
}

const secretsOrder = { waiting: 0, none: 1, resolving: 2, resolved: 3, failed: 3 };

function moveSecrets(task: AgentTask, secrets: AgentTask["secrets"]): AgentTask {
  return secretsOrder[secrets] > secretsOrder[task.secrets] ? { ...task, secrets } : task;
}

const namespaceOrder = { none: 0, opening: 1, open: 2, closing: 3, closed: 4, failed: 4, unneeded: 4 };

function moveNamespace(task: AgentTask, namespace: AgentTask["namespace"]): AgentTask {
  return namespaceOrder[namespace.status] > namespaceOrder[task.namespace.status] ? { ...task, namespace } : task;
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

function change(
  task: AgentTask,
  name: string,
  changes: Partial<AgentContainer> & Pick<AgentContainer, "status">,
): AgentTask {
  const current = task.containers.find((container) => container.name === name);
  if (!current || containerOrder.indexOf(changes.status) <= containerOrder.indexOf(current.status)) return task;
  const changed = { ...current, ...changes };
  return { ...task, containers: task.containers.map((container) => (container === current ? changed : container)) };
}
