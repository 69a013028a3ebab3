import type { PayloadContainer, PayloadTask } from "../acs/protocol.ts";
import type { PortBinding } from "../runtime/containers.ts";

/**
 * A task as the agent knows it. `desired` comes from the control plane (or from an essential container's end),
 * everything else is observed. Status only moves forward; a stopped container is never started again.
 */
export interface AgentTask {
  readonly arn: string;
  /** Without credentials: they live in memory only. */
  readonly payload: PayloadTask;
  readonly desired: "RUNNING" | "STOPPED";
  /** Why the task stops, where it is not just a container's end; set once. */
  readonly reason?: string;
  /** `waiting`: after a restart of the agent, until the control plane sends the credentials anew. */
  readonly secrets: "waiting" | "none" | "resolving" | "resolved" | "failed";
  readonly namespace: Namespace;
  readonly containers: readonly AgentContainer[];
  readonly pullStartedAt?: number;
  readonly pullStoppedAt?: number;
  /** When the first essential container ended. */
  readonly executionStoppedAt?: number;
  /** When all of it had ended. */
  readonly stoppedAt?: number;
}

export interface Namespace {
  readonly status: "unneeded" | "none" | "opening" | "open" | "closing" | "closed" | "failed";
  readonly id?: string;
}

export type ContainerStatus =
  | "none"
  | "pulling"
  | "pulled"
  | "creating"
  | "created"
  | "starting"
  | "running"
  | "stopping"
  | "stopped";

export interface AgentContainer {
  readonly name: string;
  readonly status: ContainerStatus;
  readonly runtimeId?: string;
  readonly imageDigest?: string;
  readonly exitCode?: number;
  /** `<ErrorName>: <message>`; the first error counts. */
  readonly reason?: string;
  readonly ports?: readonly PortBinding[];
  readonly startedAt?: number;
}

/** What happened to a task. `at` is when the runtime saw it, in milliseconds since 1970. */
export type TaskEvent =
  | { readonly kind: "stop-wanted" }
  | { readonly kind: "credentials-sent" }
  | { readonly kind: "secrets-resolving" }
  | { readonly kind: "secrets-resolved" }
  | { readonly kind: "secrets-failed"; readonly reason: string }
  | { readonly kind: "namespace-opening" }
  | { readonly kind: "namespace-opened"; readonly id: string }
  | { readonly kind: "namespace-failed"; readonly reason: string }
  /** It ended by itself; what is left of it is still to be closed. */
  | { readonly kind: "namespace-lost" }
  | { readonly kind: "namespace-closing" }
  | { readonly kind: "namespace-closed" }
  | { readonly kind: "pulling"; readonly container: string }
  | { readonly kind: "pulled"; readonly container: string; readonly digest?: string }
  | { readonly kind: "creating"; readonly container: string }
  | { readonly kind: "created"; readonly container: string; readonly id: string }
  | { readonly kind: "starting"; readonly container: string }
  | {
      readonly kind: "started";
      readonly container: string;
      readonly at: number;
      readonly ports: readonly PortBinding[];
    }
  | { readonly kind: "stopping"; readonly container: string }
  /** The container ended or never will run; `exitCode` is absent where its program never ran. */
  | {
      readonly kind: "stopped";
      readonly container: string;
      readonly at: number;
      readonly exitCode?: number;
      readonly reason?: string;
    };

/** A task as it arrives, nothing done yet. */
export function newTask(payload: PayloadTask): AgentTask {
  const { roleCredentials: _role, executionRoleCredentials: _execution, ...rest } = payload;
  return {
    arn: payload.arn,
    payload: rest,
    desired: "RUNNING",
    secrets: "none",
    namespace: { status: payload.networkMode === "awsvpc" ? "none" : "unneeded" },
    containers: payload.containers.map(({ name }) => ({ name, status: "none" })),
  };
}

/** What the control plane sent about a container. */
export function payloadOf(task: AgentTask, name: string): PayloadContainer {
  const found = task.payload.containers.find((container) => container.name === name);
  if (!found) throw new Error(`Task ${task.arn} has no container "${name}"`);
  return found;
}

/** What the control plane is told: the least advanced container decides, a stopped essential one does not hide others. */
export function knownStatus(task: AgentTask): "PENDING" | "RUNNING" | "STOPPED" {
  if (isStopped(task)) return "STOPPED";
  const waiting = task.containers.some(
    ({ status }) => status !== "running" && status !== "stopping" && status !== "stopped",
  );
  const ran = task.containers.some(({ startedAt }) => startedAt !== undefined);
  return waiting || !ran ? "PENDING" : "RUNNING";
}

/** Whether nothing of the task runs or ever will. */
export function isStopped(task: AgentTask): boolean {
  const { status } = task.namespace;
  const closed = status === "unneeded" || status === "none" || status === "closed" || status === "failed";
  return task.desired === "STOPPED" && closed && task.containers.every((container) => container.status === "stopped");
}

/** `RUNNING`, `STOPPED` or, for everything before, `PENDING`. */
export function containerStatus({ status, startedAt }: AgentContainer): "PENDING" | "RUNNING" | "STOPPED" {
  if (status === "stopped") return "STOPPED";
  // One that was only created is stopped, too.
  return status === "running" || (status === "stopping" && startedAt !== undefined) ? "RUNNING" : "PENDING";
}

/** Whether a container that is still to be created has secrets. */
export function needsSecrets(task: AgentTask): boolean {
  return (
    task.desired === "RUNNING" &&
    task.containers.some((container) => isUncreated(container) && payloadOf(task, container.name).secrets.length > 0)
  );
}

/** Whether nothing of it is on the machine yet but, perhaps, its image. */
export function isUncreated({ status }: AgentContainer): boolean {
  return status === "none" || status === "pulling" || status === "pulled";
}
