import type { HeldSecret } from "../../acs/held-secrets.ts";
import type { PayloadContainer, PayloadTask } from "../../acs/protocol.ts";
import { defined } from "../../defined.ts";
import type { PortBinding } from "../../runtime/containers.ts";
import { withRouterFirst } from "../firelens/router.ts";

/**
 * A task as the agent knows it. The control plane (or the end of an essential container) sets `desired`; everything else is
 * observed. Status only moves forward.
 */
export interface AgentTask {
  readonly arn: string;
  /** Without credentials: they live in memory only. */
  readonly payload: PayloadTask;
  /** The ids under which the sessions of its roles are asked for. */
  readonly credentialsIds?: { readonly task?: string; readonly execution?: string };
  readonly desired: "RUNNING" | "STOPPED";
  /** Why the task stops, where it is not just a container's end; set once. */
  readonly reason?: string;
  /** By kind; the kinds that the task needs. */
  readonly resources: Readonly<Record<string, ResourceState>>;
  readonly containers: readonly AgentContainer[];
  /** The versions of secrets that its containers got, or are about to be created with. */
  readonly held?: readonly HeldSecret[];
  readonly pullStartedAt?: number;
  readonly pullStoppedAt?: number;
  /** When the first essential container ended. */
  readonly executionStoppedAt?: number;
  /** When the last part of it had ended. */
  readonly stoppedAt?: number;
  /** The runtime may have something of the task that is recorded nowhere else. */
  readonly isUnclear?: true;
  /** When its containers were deleted. The task is still known, so that it does not run if it is sent again. */
  readonly removedAt?: number;
}

export interface ResourceState {
  readonly status: "none" | "making" | "made" | "undoing" | "undone" | "failed";
  /** Absent where the resource keeps its data in memory. */
  readonly data?: unknown;
}

export interface AgentContainer {
  readonly name: string;
  readonly imageDigest?: string;
  /** Attempts that are over, oldest first. */
  readonly earlier: readonly Attempt[];
  /** The current attempt; every decision is about this one. */
  readonly attempt: Attempt;
}

/** One container of the runtime, from the intent to create it to its end. */
export interface Attempt {
  readonly status: ContainerStatus;
  /** Set before the runtime is asked to create it, so that the container can be found after a crash. */
  readonly runtimeName?: string;
  readonly runtimeId?: string;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly exitCode?: number;
  /** `<ErrorName>: <message>`. It quotes no secret. */
  readonly reason?: string;
  readonly ports?: readonly PortBinding[];
  /** Where the task definition gives the container a check. */
  readonly health?: ContainerHealth;
  /** The kernel killed a process of the present run. */
  readonly isOutOfMemory?: true;
  /** By its restart policy. Between two runs it is `created`, with the end of the last run. */
  readonly restarts?: Restarts;
}

export interface ContainerHealth {
  readonly status: "HEALTHY" | "UNHEALTHY" | "UNKNOWN";
  /** Milliseconds since 1970. */
  readonly since: number;
}

export interface Restarts {
  readonly count: number;
  /** When the program was last started again. */
  readonly lastAt?: number;
}

/** `creating` and `starting` are intents: they are on the disk before the runtime is asked. */
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

/** A kind of resource, as far as the pure core knows it. */
export interface ResourcePlan {
  readonly kind: string;
  /** Kinds that are made before this one and undone after it. */
  readonly after: readonly string[];
  /** Containers are created before it is made, and start only then. */
  readonly isForStart?: true;
  /** The container's image cannot be pulled before it is made. Pure. */
  isForPull?(task: AgentTask, container: string): boolean;
}

/** A change of a task. `at` is when the runtime saw it, in milliseconds since 1970. */
export type TaskEvent =
  | { readonly kind: "stop-wanted"; readonly reason?: string }
  | { readonly kind: "resource-making" | "resource-undoing" | "resource-undone"; readonly resource: string }
  | {
      readonly kind: "resource-made";
      readonly resource: string;
      readonly data?: unknown;
      readonly held?: readonly HeldSecret[];
      /** An earlier try to make it may have left something. */
      readonly isUnclear?: true;
    }
  /** `left`: what was made of it nonetheless, and is to be undone. */
  | { readonly kind: "resource-failed"; readonly resource: string; readonly reason: string; readonly left?: unknown }
  /** Containers got newer versions while they run. */
  | { readonly kind: "secrets-renewed"; readonly held: readonly HeldSecret[] }
  /** It ended by itself; what is left of it is still to be undone. */
  | { readonly kind: "resource-lost"; readonly resource: string; readonly reason: string }
  | ContainerEvent;

export type ContainerEvent =
  | { readonly kind: "pulling" | "starting" | "stopping"; readonly container: string }
  | { readonly kind: "pulled"; readonly container: string; readonly digest?: string }
  | { readonly kind: "creating"; readonly container: string; readonly runtimeName: string }
  | { readonly kind: "created"; readonly container: string; readonly id: string }
  | {
      readonly kind: "started";
      readonly container: string;
      readonly at: number;
      readonly ports: readonly PortBinding[];
    }
  /** What its health check says. */
  | {
      readonly kind: "health";
      readonly container: string;
      readonly at: number;
      readonly status: ContainerHealth["status"];
    }
  /** The kernel killed a process of it, perhaps not its first one. */
  | { readonly kind: "out-of-memory"; readonly container: string }
  /** The container ended or never will run; `exitCode` is absent where its program never ran. */
  | {
      readonly kind: "stopped";
      readonly container: string;
      readonly at: number;
      readonly exitCode?: number;
      readonly reason?: string;
      /** The start of the run that the runtime shows to have ended. */
      readonly since?: number;
    };

/** A task as it arrives, with the kinds of resources that it needs. */
export function newTask(payload: PayloadTask, resources: readonly string[]): AgentTask {
  const { roleCredentials: role, executionRoleCredentials: execution, ...rest } = withRouterFirst(payload);
  return {
    arn: payload.arn,
    payload: rest,
    ...((role ?? execution) && {
      credentialsIds: defined({ task: role?.credentialsId, execution: execution?.credentialsId }),
    }),
    desired: "RUNNING",
    resources: Object.fromEntries(resources.map((kind) => [kind, { status: "none" }])),
    containers: payload.containers.map(({ name }) => ({ name, earlier: [], attempt: { status: "none" } })),
  };
}

/** The part of the payload that is about one container. */
export function payloadOf(task: AgentTask, name: string): PayloadContainer {
  const found = task.payload.containers.find((container) => container.name === name);
  if (!found) throw new Error(`Task ${task.arn} has no container "${name}"`);
  return found;
}

export function containerOf(task: AgentTask, name: string): AgentContainer {
  const found = task.containers.find((container) => container.name === name);
  if (!found) throw new Error(`Task ${task.arn} has no container "${name}"`);
  return found;
}

/** When its program was started the last time. */
export function lastStart({ startedAt, restarts }: Attempt): number | undefined {
  return restarts?.lastAt ?? startedAt;
}

/** Its program has ended and is to be started again, or is being started again. */
export function isBetweenRuns({ status, startedAt }: Attempt): boolean {
  return (status === "created" || status === "starting") && startedAt !== undefined;
}

/** 1 for the first. */
export function attemptNumber({ earlier }: AgentContainer): number {
  return earlier.length + 1;
}
