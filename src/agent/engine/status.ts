import { type AgentContainer, type AgentTask, type ContainerStatus, payloadOf } from "./task.ts";

export type ReportedStatus = "PENDING" | "RUNNING" | "STOPPED";

/** What AWS's agent calls a container's status in its messages and in the task metadata, from the least to the most advanced. */
export const awsAgentStatuses = {
  none: "MANIFEST_PULLED",
  pulling: "MANIFEST_PULLED",
  pulled: "PULLED",
  creating: "PULLED",
  created: "CREATED",
  starting: "CREATED",
  running: "RUNNING",
  stopping: "RUNNING",
  stopped: "STOPPED",
} as const satisfies Readonly<Record<ContainerStatus, string>>;

/** The task's status for the control plane. */
export function knownStatus(task: AgentTask): ReportedStatus {
  if (isStopped(task)) return "STOPPED";
  return haveRunTogether(task) ? "RUNNING" : "PENDING";
}

/**
 * All containers ran at one time, but for those that are not essential and could not start. AWS's agent calls no task RUNNING whose
 * essential container has stopped before.
 */
function haveRunTogether(task: AgentTask): boolean {
  const starts = task.containers.flatMap(({ attempt }) => attempt.startedAt ?? []);
  const last = Math.max(...starts);
  const hasJoined = ({ name, attempt: { status, startedAt, finishedAt = last, reason } }: AgentContainer) => {
    const { essential } = payloadOf(task, name);
    if (startedAt !== undefined) return !essential || status !== "stopped" || finishedAt >= last;
    // One that the task's end cut off has no reason.
    const failed = status === "stopped" && (task.desired === "RUNNING" || reason !== undefined);
    return status === "running" || (failed && !essential);
  };
  return starts.length > 0 && task.containers.every(hasJoined);
}

/** Nothing of the task runs or ever will, and nothing of its resources is left but containers to be deleted. */
export function isStopped(task: AgentTask): boolean {
  return task.desired === "STOPPED" && haveEnded(task) && Object.values(task.resources).every(isGone);
}

export function haveEnded(task: AgentTask): boolean {
  return task.containers.every(({ attempt }) => attempt.status === "stopped");
}

/** `RUNNING`, also between two runs; `STOPPED`; or, for everything before, `PENDING`. */
export function containerStatus({ attempt: { status, startedAt } }: Pick<AgentContainer, "attempt">): ReportedStatus {
  if (status === "stopped") return "STOPPED";
  // One that was only created is stopped, too.
  return status === "running" || startedAt !== undefined ? "RUNNING" : "PENDING";
}

/** Nothing of it is on the machine yet but, perhaps, its image. */
export function isUncreated({ attempt: { status } }: AgentContainer): boolean {
  return status === "none" || status === "pulling" || status === "pulled";
}

function isGone({ status }: AgentTask["resources"][string]): boolean {
  return status === "none" || status === "undone" || status === "failed";
}
