import type { PayloadContainer } from "../../acs/protocol.ts";
import { type AgentContainer, type AgentTask, needsSecrets, payloadOf, type TaskEvent } from "./task.ts";

/** Something to do for a task now. */
export type Action =
  | { readonly kind: "resolve-secrets" }
  | { readonly kind: "open-namespace" }
  | { readonly kind: "close-namespace" }
  | { readonly kind: "pull" | "create" | "start" | "stop"; readonly container: string }
  /** A container whose dependency can no longer be met. */
  | { readonly kind: "give-up"; readonly container: string; readonly reason: string };

/**
 * Everything that can be done for the task at `now` (milliseconds since 1970), all of it at the same time. Pure; what is
 * under way is not repeated.
 */
export function actions(task: AgentTask, now: number): readonly Action[] {
  return task.desired === "STOPPED" ? stopActions(task) : startActions(task, now);
}

/** What `advance` is told when the action begins; giving up is done with that. */
export function beginning(action: Action, at: number): TaskEvent {
  switch (action.kind) {
    case "resolve-secrets":
      return { kind: "secrets-resolving" };
    case "open-namespace":
      return { kind: "namespace-opening" };
    case "close-namespace":
      return { kind: "namespace-closing" };
    case "pull":
      return { kind: "pulling", container: action.container };
    case "create":
      return { kind: "creating", container: action.container };
    case "start":
      return { kind: "starting", container: action.container };
    case "stop":
      return { kind: "stopping", container: action.container };
    case "give-up":
      return {
        kind: "stopped",
        container: action.container,
        at,
        exitCode: 143,
        reason: `CannotStartContainerError: ${action.reason}`,
      };
  }
}

function startActions(task: AgentTask, now: number): readonly Action[] {
  const found: Action[] = [];
  const secretsReady = task.secrets === "resolved" || !needsSecrets(task);
  if (task.secrets === "none" && !secretsReady) found.push({ kind: "resolve-secrets" });
  if (task.namespace.status === "none") found.push({ kind: "open-namespace" });
  const networkReady = task.namespace.status === "open" || task.namespace.status === "unneeded";
  for (const { name, status } of task.containers) {
    const dependency = dependencies(task, payloadOf(task, name), now);
    if (typeof dependency === "object") {
      if (status === "none" || status === "pulled") {
        found.push({ kind: "give-up", container: name, reason: dependency.hopeless });
      }
    } else if (dependency === "met") {
      if (status === "none") found.push({ kind: "pull", container: name });
      if (status === "pulled" && secretsReady && networkReady) found.push({ kind: "create", container: name });
      if (status === "created") found.push({ kind: "start", container: name });
    }
  }
  return found;
}

function stopActions(task: AgentTask): readonly Action[] {
  const found: Action[] = [];
  for (const container of task.containers) {
    const stoppable = container.status === "created" || container.status === "running";
    if (stoppable && !hasLivingDependents(task, container)) found.push({ kind: "stop", container: container.name });
  }
  const ended = task.containers.every(({ status }) => status === "stopped");
  if (ended && task.namespace.status === "open") found.push({ kind: "close-namespace" });
  return found;
}

/** A container stops after those that depend on it have ended. */
function hasLivingDependents(task: AgentTask, { name }: AgentContainer): boolean {
  return task.containers.some(
    (other) =>
      other.status !== "stopped" &&
      payloadOf(task, other.name).dependsOn?.some(({ containerName }) => containerName === name),
  );
}

/** Whether what the container depends on has come about, or why it never will. In the words of AWS's agent. */
function dependencies(
  task: AgentTask,
  { name, dependsOn = [] }: PayloadContainer,
  now: number,
): "met" | "waiting" | { readonly hopeless: string } {
  let waiting = false;
  for (const { containerName, condition } of dependsOn) {
    const on = task.containers.find((container) => container.name === containerName);
    const which = `dependency [${containerName}] for target [${name}]`;
    const unresolvable = `dependency graph: failed to resolve container ordering ${which}`;
    if (!on) return { hopeless: `dependency graph: container ordering ${which} does not exist.` };
    if (dependsOnItself(task, name)) {
      return { hopeless: `Task dependencies cannot be resolved, taskArn: ${task.arn}` };
    }
    if (condition !== "START" && condition !== "COMPLETE" && condition !== "SUCCESS") {
      return { hopeless: `${unresolvable} as this agent cannot tell when it is ${condition}` };
    }
    const ended = on.status === "stopped";
    if (ended && on.startedAt === undefined) return { hopeless: `${unresolvable} because dependency will never start` };
    if (condition === "START") {
      waiting ||= on.status !== "running" && !ended;
    } else if (!ended) {
      const until = startDeadline(task, on);
      if (until !== undefined && until <= now)
        return { hopeless: `dependency graph: container ordering ${which} has timed out.` };
      waiting = true;
    } else if (on.exitCode === undefined || (condition === "SUCCESS" && on.exitCode !== 0)) {
      return { hopeless: `${unresolvable} as dependency did not exit successfully.` };
    }
  }
  return waiting ? "waiting" : "met";
}

function dependsOnItself(task: AgentTask, name: string): boolean {
  const reached = new Set<string>();
  const follow = (from: string) => {
    const container = task.payload.containers.find((candidate) => candidate.name === from);
    for (const { containerName } of container?.dependsOn ?? []) {
      if (reached.has(containerName)) continue;
      reached.add(containerName);
      follow(containerName);
    }
  };
  follow(name);
  return reached.has(name);
}

/** Until when, in milliseconds since 1970, others wait for the end of a container that has started. */
export function startDeadline(task: AgentTask, { name, startedAt }: AgentContainer): number | undefined {
  const { startTimeout = 0 } = payloadOf(task, name);
  return startedAt === undefined || startTimeout <= 0 ? undefined : startedAt + startTimeout * 1000;
}
