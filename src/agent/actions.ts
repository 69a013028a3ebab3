import type { PayloadContainer } from "./protocol.ts";
import { type AgentContainer, type AgentTask, payloadOf } from "./task.ts";

/** Something to do for a task now. */
export type Action =
  | { readonly kind: "resolve-secrets" }
  | { readonly kind: "open-namespace" }
  | { readonly kind: "close-namespace" }
  | { readonly kind: "pull" | "create" | "start" | "stop"; readonly container: string }
  /** A container whose dependency can no longer be met. */
  | { readonly kind: "give-up"; readonly container: string; readonly reason: string };

/** Everything that can be done for the task now, all of it at the same time. Pure; what is under way is not repeated. */
export function actions(task: AgentTask): readonly Action[] {
  return task.desired === "STOPPED" ? stopActions(task) : startActions(task);
}

function startActions(task: AgentTask): readonly Action[] {
  const found: Action[] = [];
  if (task.secrets === "none" && needsSecrets(task)) found.push({ kind: "resolve-secrets" });
  if (task.namespace.status === "none") found.push({ kind: "open-namespace" });
  const secretsReady = task.secrets === "resolved" || !needsSecrets(task);
  const networkReady = task.namespace.status === "open" || task.namespace.status === "unneeded";
  for (const container of task.containers) {
    const dependency = dependencies(task, payloadOf(task, container.name));
    if (dependency.hopeless !== undefined && (container.status === "none" || container.status === "pulled")) {
      found.push({ kind: "give-up", container: container.name, reason: dependency.hopeless });
    } else if (!dependency.met) {
    } else if (container.status === "none") {
      found.push({ kind: "pull", container: container.name });
    } else if (container.status === "pulled" && secretsReady && networkReady) {
      found.push({ kind: "create", container: container.name });
    } else if (container.status === "created") {
      found.push({ kind: "start", container: container.name });
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

function needsSecrets(task: AgentTask): boolean {
  return task.payload.containers.some(({ secrets }) => secrets.length > 0);
}

/** A container stops after those that depend on it. */
function hasLivingDependents(task: AgentTask, { name }: AgentContainer): boolean {
  return task.containers.some(
    (other) =>
      other.status !== "stopped" &&
      other.status !== "stopping" &&
      payloadOf(task, other.name).dependsOn?.some(({ containerName }) => containerName === name),
  );
}

function dependencies(task: AgentTask, container: PayloadContainer): { met: boolean; hopeless?: string } {
  let met = true;
  for (const { containerName, condition } of container.dependsOn ?? []) {
    const on = task.containers.find(({ name }) => name === containerName);
    const because = `dependency graph: failed to resolve container ordering dependency [${containerName}] for target [${container.name}]`;
    if (!on) return { met: false, hopeless: `${because} as dependency did not exist` };
    const ended = on.status === "stopped";
    if (ended && on.exitCode === undefined)
      return { met: false, hopeless: `${because} because dependency will never start` };
    if (condition === "SUCCESS" && ended && on.exitCode !== 0) {
      return { met: false, hopeless: `${because} as dependency did not exit successfully.` };
    }
    const started = on.status === "running" || ended;
    if (condition === "START" ? !started : !ended) met = false;
  }
  return { met };
}
