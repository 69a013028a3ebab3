import { dependencyOf, ordersOf } from "./dependencies.ts";
import { haveEnded } from "./status.ts";
import {
  type AgentContainer,
  type AgentTask,
  isBetweenRuns,
  payloadOf,
  type ResourcePlan,
  type TaskEvent,
} from "./task.ts";

/** Something to do for a task now. */
export type Action =
  | { readonly kind: "make" | "undo"; readonly resource: string }
  | { readonly kind: "pull" | "create" | "start" | "stop"; readonly container: string }
  /** A container whose dependency can no longer be met. */
  | { readonly kind: "give-up"; readonly container: string; readonly reason: string };

/**
 * Everything that can be done for the task at `now` (milliseconds since 1970), all of it at the same time. Pure; what is
 * under way is not repeated.
 */
export function actions(task: AgentTask, plan: readonly ResourcePlan[], now: number): readonly Action[] {
  return task.desired === "STOPPED" ? stopActions(task, plan) : startActions(task, plan, now);
}

/** The event with which the action begins; giving up is done with that. `runtimeName` names a new container. */
export function beginning(action: Action, at: number, runtimeName: (container: string) => string): TaskEvent {
  switch (action.kind) {
    case "make":
      return { kind: "resource-making", resource: action.resource };
    case "undo":
      return { kind: "resource-undoing", resource: action.resource };
    case "pull":
      return { kind: "pulling", container: action.container };
    case "create":
      return { kind: "creating", container: action.container, runtimeName: runtimeName(action.container) };
    case "start":
      return { kind: "starting", container: action.container };
    case "stop":
      return { kind: "stopping", container: action.container };
    case "give-up": {
      const reason = `CannotStartContainerError: ${action.reason}`;
      return { kind: "stopped", container: action.container, at, exitCode: 143, reason };
    }
  }
}

function startActions(task: AgentTask, plan: readonly ResourcePlan[], now: number): readonly Action[] {
  const found: Action[] = [];
  const isMade = (kind: string) => (task.resources[kind] ?? { status: "made" }).status === "made";
  for (const { kind, after } of plan) {
    if (task.resources[kind]?.status === "none" && after.every(isMade)) found.push({ kind: "make", resource: kind });
  }
  const mayStart = Object.keys(task.resources).every(isMade);
  const mayCreate = plan.every(({ kind, isForStart }) => isMade(kind) || isForStart);
  const mayPull = (name: string) => plan.every((one) => isMade(one.kind) || one.isForPull?.(task, name) !== true);
  for (const { name, attempt } of task.containers) {
    const { status } = attempt;
    if (isBetweenRuns(attempt)) {
      if (status === "created") found.push({ kind: "start", container: name });
      continue;
    }
    if (status !== "none" && status !== "pulled" && status !== "created") continue;
    const dependency = dependencyOf(task, payloadOf(task, name), now);
    if (typeof dependency === "object") {
      found.push({ kind: "give-up", container: name, reason: dependency.hopeless });
    } else if (dependency === "met") {
      if (status === "none" && mayPull(name)) found.push({ kind: "pull", container: name });
      if (status === "pulled" && mayCreate) found.push({ kind: "create", container: name });
      if (status === "created" && mayStart) found.push({ kind: "start", container: name });
    }
  }
  return found;
}

function stopActions(task: AgentTask, plan: readonly ResourcePlan[]): readonly Action[] {
  const found: Action[] = [];
  for (const container of task.containers) {
    const { status } = container.attempt;
    const stoppable = status === "created" || status === "running";
    if (stoppable && !hasLivingDependents(task, container)) found.push({ kind: "stop", container: container.name });
  }
  if (!haveEnded(task)) return found;
  for (const { kind } of plan) {
    const isFree = plan.every(({ kind: other, after }) => !after.includes(kind) || !isThere(task, other));
    if (task.resources[kind]?.status === "made" && isFree) found.push({ kind: "undo", resource: kind });
  }
  return found;
}

/** The resource is on the machine, or on its way to or from it. */
function isThere(task: AgentTask, kind: string): boolean {
  const status = task.resources[kind]?.status;
  return status === "making" || status === "made" || status === "undoing";
}

/** A container stops after those that depend on it have ended. */
function hasLivingDependents(task: AgentTask, { name }: AgentContainer): boolean {
  return task.containers.some(
    (other) =>
      other.attempt.status !== "stopped" &&
      ordersOf(payloadOf(task, other.name)).some(({ containerName }) => containerName === name),
  );
}
