import type { PayloadTask, RoleCredentials } from "../../acs/protocol.ts";
import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import type { Ids } from "../../ids.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { LogStreams } from "../log-streams.ts";
import type { Resource, ResourceContext } from "../resources/resource.ts";
import type { RoleType } from "./credentials.ts";
import type { StateStore } from "./state.ts";
import type { AgentTask } from "./task.ts";
import type { AgentVariables } from "./variables.ts";

/**
 * Holds the machine's tasks and brings each into the state in which it is wanted. `engine.contract.ts` is what it promises.
 * Above all: **a program never runs twice**. Before the runtime is asked to create or start anything, the intent is on the
 * disk, and after a restart the engine looks at what the runtime has before it asks for more.
 */
export interface Engine extends AsyncDisposable {
  tasks(): readonly AgentTask[];

  /**
   * Takes in a task, or the state that a known one is wanted in. Throws where it is malformed, and keeps nothing of it then.
   * Resolves to `true` when it is on the disk, to `false` if the engine was disposed of before.
   */
  accept(payload: PayloadTask): Promise<boolean>;

  /** Stops a task that the control plane no longer wants. */
  stop(arn: string): void;

  /** Takes a role's new session, in place of one that is about to expire. */
  refreshCredentials(arn: string, roleType: RoleType, credentials: RoleCredentials): void;

  /**
   * Gives running containers the newest versions of their secrets, where labels want that. Resolves to what failed. One of a task at
   * a time; does nothing with a task that is not there.
   */
  renewSecrets(arn: string, credentials: RoleCredentials): Promise<string | undefined>;

  /** The session of a role of the task, if there is a valid one. */
  credentials(arn: string, roleType: RoleType): RoleCredentials | undefined;

  /**
   * Goes on where an earlier process ended, however it ended: takes up the saved tasks as the runtime shows them, and deletes
   * what belongs to none. To be called once, before anything else. Rejects where the runtime cannot be asked.
   */
  restore(): Promise<void>;

  /** Deletes what a stopped task left on the machine. The task stays known. Does nothing with one that has not stopped. */
  remove(arn: string): Promise<void>;

  /** Forgets a task that was removed: if it were sent again, it would run again. */
  forget(arn: string): Promise<void>;

  /** Resolves when every task has stopped and that is on the disk. */
  allStopped(): Promise<void>;

  /** Ends the engine's work and leaves containers as they are. Waits for what the runtime is about to create or start. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface EngineOptions {
  readonly runtime: Runtime;
  readonly store: StateStore;
  /** The kinds that tasks may need, in the order in which they are applied. */
  readonly resources: readonly Resource[];
  readonly secretSource: ResourceContext["secretSource"];
  readonly ecrSource: ResourceContext["ecrSource"];
  readonly objectSource: ResourceContext["objectSource"];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timers: Timers;
  readonly cluster: string;
  readonly region: string;
  /** Variables that the agent gives containers; none unless given. */
  readonly variables?: AgentVariables;
  readonly awslogs?: ResourceContext["awslogs"];
  /** Asked before a container is started; nothing is known unless given. */
  readonly logStreams?: LogStreams;
  /** Awaited before a container is started, and resolves to why it cannot be; see `TaskDoors`. */
  readonly beforeStart?: (task: AgentTask) => Promise<string | undefined>;
  /** Milliseconds for which a task waits for a runtime that cannot be reached. */
  readonly runtimeWait: number;
  /** Milliseconds before something is tried again. */
  readonly retryDelay: number;
  /** Called with a task's states, in order, when they are on the disk. */
  onChange(task: AgentTask): void;
  /** Called when the control plane sends a task that has stopped already: it does not seem to know. */
  onRepeat(task: AgentTask): void;
  /** Called when something cannot be done now and will be tried again. */
  onRetry(task: AgentTask, reason: string): void;
  /** Called when a container that belongs to no task could not be deleted. */
  onStray(id: string, error: unknown): void;
}
