import { type Action, actions } from "./actions.ts";
import { advance } from "./advance.ts";
import type { PayloadTask, RoleCredentials } from "./protocol.ts";
import { createContainer } from "./steps/create.ts";
import { closeNamespace, openNamespace } from "./steps/network.ts";
import { observeEnd } from "./steps/observe.ts";
import { pullImage } from "./steps/pull.ts";
import { resolveTaskSecrets } from "./steps/secrets.ts";
import { startContainer } from "./steps/start.ts";
import type { StepContext, TaskMemory } from "./steps/step.ts";
import { stopContainer } from "./steps/stop.ts";
import { type AgentTask, type ContainerStatus, isStopped, newTask, type TaskEvent } from "./task.ts";

export interface EngineOptions extends StepContext {
  /** Told of every change of a task, in order. */
  onChange(task: AgentTask): void;
  /** Told what cannot be done now and will be tried again. */
  onRetry(task: AgentTask, reason: string): void;
  /** Milliseconds before a container that could not be stopped is stopped again. */
  readonly stopRetryDelay: number;
}

export type Engine = ReturnType<typeof taskEngine>;

/**
 * Holds the machine's tasks and does for each what `actions` says until nothing is left to do. It takes desired state in
 * and gives observed state out; all decisions are in `advance` and `actions`.
 */
export function taskEngine(options: EngineOptions) {
  const tasks = new Map<string, AgentTask>();
  const memories = new Map<string, TaskMemory>();
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  function record(arn: string, event: TaskEvent): void {
    const before = tasks.get(arn);
    if (!before) return;
    const task = advance(before, event, options.clock.now().getTime());
    tasks.set(arn, task);
    forgetSecrets(task);
    options.onChange(task);
    drive(arn);
  }

  /** Secrets are kept no longer than some container may still have to be created with them. */
  function forgetSecrets(task: AgentTask): void {
    if (isStopped(task)) memories.delete(task.arn);
    else if (task.containers.every(({ status }) => !beforeCreated.includes(status))) delete memoryOf(task.arn).secrets;
  }

  function drive(arn: string): void {
    const task = tasks.get(arn);
    if (!task || closed) return;
    for (const action of actions(task)) {
      const now = options.clock.now().getTime();
      const begun = beginning(action, now);
      // The others are found again in the state that follows.
      if (action.kind === "give-up") return record(arn, begun);
      tasks.set(arn, advance(tasks.get(arn) ?? task, begun, now));
      track(perform(arn, action));
    }
  }

  async function perform(arn: string, action: Exclude<Action, { kind: "give-up" }>): Promise<void> {
    const task = tasks.get(arn)!;
    const memory = memoryOf(arn);
    switch (action.kind) {
      case "resolve-secrets":
        return record(arn, await resolveTaskSecrets(options, task, memory));
      case "open-namespace":
        return record(arn, await openNamespace(options, task));
      case "close-namespace":
        return record(arn, await closeNamespace(options, task));
      case "pull":
        return record(arn, await pullImage(options, task, action.container));
      case "create":
        return record(arn, await createContainer(options, task, action.container, memory));
      case "start":
        for (const event of await startContainer(options, task, action.container)) record(arn, event);
        return;
      case "stop":
        return stop(arn, action.container);
    }
  }

  async function stop(arn: string, container: string): Promise<void> {
    const outcome = await stopContainer(options, tasks.get(arn)!, container);
    if (!("retry" in outcome)) return record(arn, outcome);
    options.onRetry(tasks.get(arn)!, outcome.retry);
    const timer = setTimeout(() => {
      timers.delete(timer);
      track(stop(arn, container));
    }, options.stopRetryDelay);
    timers.add(timer);
  }

  function track(work: Promise<void>): void {
    running.add(work);
    work.finally(() => running.delete(work));
  }

  function memoryOf(arn: string): TaskMemory {
    let memory = memories.get(arn);
    if (!memory) memories.set(arn, (memory = {}));
    return memory;
  }

  const stopWatching = options.runtime.onExit((id) => {
    for (const task of tasks.values()) {
      const container = task.containers.find(({ runtimeId }) => runtimeId === id);
      // One that is starting or stopping is looked at by the step that does so.
      if (container?.status === "running") track(observe(task.arn, container.name, id));
    }
  });

  async function observe(arn: string, container: string, id: string): Promise<void> {
    const state = await options.runtime.inspect(id);
    if (state?.status !== "running") record(arn, observeEnd(options, container, state));
  }

  return {
    tasks: (): readonly AgentTask[] => [...tasks.values()],

    /** Takes in a task, or the state that a known one is wanted in. */
    accept(payload: PayloadTask): void {
      if (payload.executionRoleCredentials)
        memoryOf(payload.arn).executionRoleCredentials = payload.executionRoleCredentials;
      if (!tasks.has(payload.arn)) tasks.set(payload.arn, newTask(payload));
      if (payload.desiredStatus === "STOPPED") this.stop(payload.arn);
      else drive(payload.arn);
    },

    /** Stops a task that the control plane no longer wants. */
    stop(arn: string): void {
      if (tasks.get(arn)?.desired === "RUNNING") record(arn, { kind: "stop-wanted" });
    },

    refreshCredentials(arn: string, credentials: RoleCredentials): void {
      if (tasks.has(arn)) memoryOf(arn).executionRoleCredentials = credentials;
    },

    /** Takes up tasks that `restoreTask` has brought in line with what the runtime still has. */
    restore(saved: readonly AgentTask[]): void {
      for (const task of saved) {
        tasks.set(task.arn, task);
        drive(task.arn);
      }
    },

    /** Deletes what a stopped task left on the machine, and forgets it. */
    async remove(arn: string): Promise<void> {
      const task = tasks.get(arn);
      if (!task || !isStopped(task)) return;
      for (const { runtimeId } of task.containers) {
        if (runtimeId !== undefined) await options.runtime.remove(runtimeId);
      }
      tasks.delete(arn);
    },

    /** Resolves when nothing is under way. */
    async settled(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },

    /** Waits for what is under way; the containers stay as they are. */
    async [Symbol.asyncDispose]() {
      closed = true;
      stopWatching();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

const beforeCreated: readonly ContainerStatus[] = ["none", "pulling", "pulled", "creating"];

function beginning(action: Action, at: number): TaskEvent {
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
