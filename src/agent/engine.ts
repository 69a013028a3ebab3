import type { PayloadTask, RoleCredentials } from "../acs/protocol.ts";
import { pause, type Timers } from "../concurrency/timers.ts";
import { type Action, actions, beginning, startDeadline } from "./actions.ts";
import { advance } from "./advance.ts";
import { createContainer } from "./steps/create.ts";
import { closeNamespace, openNamespace } from "./steps/network.ts";
import { observeContainer } from "./steps/observe.ts";
import { pullImage } from "./steps/pull.ts";
import { resolveTaskSecrets } from "./steps/secrets.ts";
import { startContainer } from "./steps/start.ts";
import type { Retry, StepContext, TaskMemory } from "./steps/step.ts";
import { stopContainer } from "./steps/stop.ts";
import { type AgentTask, isStopped, needsSecrets, newTask, type TaskEvent } from "./task.ts";

export interface EngineOptions extends StepContext {
  readonly timers: Timers;
  /** Told of every change of a task, in order. */
  onChange(task: AgentTask): void;
  /** Told what cannot be done now and will be tried again. */
  onRetry(task: AgentTask, reason: string): void;
  /** Milliseconds before it is tried again. */
  readonly retryDelay: number;
}

export type Engine = ReturnType<typeof taskEngine>;

type Work = Action["kind"] | "observe";

/** What leaves something on the machine that only its answer tells of. */
const making: readonly Work[] = ["create", "start", "open-namespace"];

/**
 * Holds the machine's tasks and does for each what `actions` says until nothing is left to do. It takes desired state in
 * and gives observed state out; all decisions are in `advance` and `actions`.
 */
export function taskEngine(options: EngineOptions) {
  const { runtime, clock, timers } = options;
  const tasks = new Map<string, AgentTask>();
  const memories = new Map<string, TaskMemory>();
  const underWay = new Map<Promise<void>, Work>();
  const endedWhileStarting = new Set<string>();
  const deadlines = new Set<() => void>();
  const stopping = new AbortController();
  let closed = false;

  function now(): number {
    return clock.now().getTime();
  }

  function record(arn: string, event: TaskEvent): void {
    const before = tasks.get(arn);
    if (!before || closed) return;
    const task = advance(before, event, now());
    forgetSecrets(task);
    if (task === before) return;
    tasks.set(arn, task);
    options.onChange(task);
    if (event.kind === "started") watchDeadline(task, event.container);
    drive(arn);
  }

  /** Values are kept no longer than some container may still be created with them. */
  function forgetSecrets(task: AgentTask): void {
    if (!needsSecrets(task)) memories.delete(task.arn);
  }

  function drive(arn: string): void {
    if (stopping.signal.aborted) return;
    for (;;) {
      const task = tasks.get(arn);
      const [action] = task ? actions(task, now()) : [];
      if (!task || !action) return;
      if (action.kind === "give-up") return record(arn, beginning(action, now()));
      // What was begun changes the task, and so the next action is another one.
      tasks.set(arn, advance(task, beginning(action, now()), now()));
      track(action.kind, perform(arn, action));
    }
  }

  async function perform(arn: string, action: Exclude<Action, { kind: "give-up" }>): Promise<void> {
    const task = tasks.get(arn)!;
    switch (action.kind) {
      case "resolve-secrets": {
        const memory = memories.get(arn) ?? {};
        memories.set(arn, memory);
        return record(arn, await resolveTaskSecrets(options, task, memory));
      }
      case "open-namespace":
        return record(arn, await openNamespace(options, task));
      case "close-namespace":
        return insist(arn, () => closeNamespace(options, task));
      case "pull":
        return record(arn, await pullImage(options, task, action.container));
      case "create":
        return record(arn, await createContainer(options, task, action.container, memories.get(arn) ?? {}));
      case "start":
        return start(task, action.container);
      case "stop":
        return insist(arn, () => stopContainer(options, task, action.container));
    }
  }

  async function start(task: AgentTask, container: string): Promise<void> {
    const outcome = await startContainer(options, task, container);
    const id = task.containers.find(({ name }) => name === container)?.runtimeId ?? "";
    const endedMeanwhile = endedWhileStarting.delete(id);
    if ("failed" in outcome) {
      return insist(task.arn, async () => {
        const stopped = await stopContainer(options, task, container);
        return "retry" in stopped ? stopped : { ...stopped, reason: outcome.failed };
      });
    }
    for (const event of outcome) record(task.arn, event);
    if (endedMeanwhile) await observe(task.arn, container, id);
  }

  /** Does `step` until it is done, or shows that nothing is to be told. */
  async function insist(arn: string, step: () => Promise<TaskEvent | Retry | undefined>): Promise<void> {
    for (;;) {
      const outcome = await step();
      const task = tasks.get(arn);
      if (!outcome || !task) return;
      if (!("retry" in outcome)) return record(arn, outcome);
      if (stopping.signal.aborted) return;
      options.onRetry(task, outcome.retry);
      await pause(timers, options.retryDelay, stopping.signal);
      if (stopping.signal.aborted) return;
    }
  }

  function observe(arn: string, container: string, id: string): Promise<void> {
    return insist(arn, () => observeContainer(options, container, id));
  }

  function track(kind: Work, work: Promise<void>): void {
    const tracked: Promise<void> = work.finally(() => underWay.delete(tracked));
    underWay.set(tracked, kind);
  }

  /** Those that wait for the container's end wait no longer than its `startTimeout`. */
  function watchDeadline(task: AgentTask, name: string): void {
    const container = task.containers.find((candidate) => candidate.name === name);
    const deadline = container?.status === "running" ? startDeadline(task, container) : undefined;
    if (deadline === undefined) return;
    const cancel = timers.after(Math.max(0, deadline - now()), () => {
      deadlines.delete(cancel);
      // Timers may go off a little early.
      const current = tasks.get(task.arn);
      if (current && now() < deadline) watchDeadline(current, name);
      else drive(task.arn);
    });
    deadlines.add(cancel);
  }

  const stopWatching = runtime.events(({ kind, id }) => {
    if (kind !== "exit") return;
    for (const task of tasks.values()) {
      const { namespace } = task;
      if (namespace.id === id && namespace.status === "open") record(task.arn, { kind: "namespace-lost" });
      const container = task.containers.find(({ runtimeId }) => runtimeId === id);
      // The step under way may have looked at it before it ended. One that is stopping is looked at afterwards anyhow.
      if (container?.status === "starting") endedWhileStarting.add(id);
      if (container?.status === "running") track("observe", observe(task.arn, container.name, id));
    }
  });

  function stop(arn: string): void {
    record(arn, { kind: "stop-wanted" });
  }

  function takeCredentials(arn: string, credentials: RoleCredentials | undefined): void {
    const task = tasks.get(arn);
    if (!task || !needsSecrets(task) || (task.secrets !== "waiting" && task.secrets !== "none")) return;
    if (credentials) memories.set(arn, { executionRoleCredentials: credentials });
    record(arn, { kind: "credentials-sent" });
  }

  return {
    tasks: (): readonly AgentTask[] => [...tasks.values()],

    /** Takes in a task, or the state that a known one is wanted in. */
    accept(payload: PayloadTask): void {
      const { arn } = payload;
      if (!tasks.has(arn)) {
        const task = newTask(payload);
        // A malformed one throws here, before it is kept.
        actions(task, now());
        tasks.set(arn, task);
      }
      if (payload.desiredStatus === "STOPPED") return stop(arn);
      takeCredentials(arn, payload.executionRoleCredentials);
      drive(arn);
    },

    /** Stops a task that the control plane no longer wants. */
    stop,

    /** Takes the execution role's credentials, if the task still waits for them. */
    refreshCredentials: takeCredentials,

    /** Takes up tasks that `restoreTask` has brought in line with what the runtime still had. */
    restore(saved: readonly AgentTask[]): void {
      for (const task of saved) {
        tasks.set(task.arn, task);
        for (const { name, status, runtimeId } of task.containers) {
          if (status !== "running" || runtimeId === undefined) continue;
          watchDeadline(task, name);
          // It may have ended since the runtime was asked.
          track("observe", observe(task.arn, name, runtimeId));
        }
        drive(task.arn);
      }
    },

    /** Deletes what a stopped task left on the machine, and forgets it. */
    async remove(arn: string): Promise<void> {
      const task = tasks.get(arn);
      if (!task || !isStopped(task)) return;
      for (const { runtimeId } of task.containers) {
        if (runtimeId !== undefined) await runtime.containers.remove(runtimeId);
      }
      tasks.delete(arn);
    },

    /** Resolves when every task has stopped. */
    async allStopped(): Promise<void> {
      while (underWay.size > 0 && ![...tasks.values()].every(isStopped)) await Promise.race(underWay.keys());
    },

    /** Waits for what else would leave unknown things behind; containers stay as they are. */
    async [Symbol.asyncDispose]() {
      stopping.abort();
      stopWatching();
      for (const cancel of deadlines) cancel();
      await Promise.all([...underWay].map(([work, kind]) => (making.includes(kind) ? work : undefined)));
      closed = true;
    },
  };
}
