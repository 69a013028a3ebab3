import type { PayloadTask } from "../../acs/protocol.ts";
import { pause } from "../../concurrency/timers.ts";
import type { RuntimeEvent } from "../../runtime/events.ts";
import { type Action, actions, beginning } from "./actions.ts";
import { advance } from "./advance.ts";
import { runtimeNameOf } from "./container-spec.ts";
import { credentialsMemory } from "./credentials.ts";
import { deadlines } from "./deadlines.ts";
import { unresolvable } from "./dependencies.ts";
import type { Engine, EngineOptions } from "./engine.ts";
import { type Entry, newEntry } from "./entry.ts";
import { healthEvent } from "./health.ts";
import { performer } from "./perform.ts";
import { remainsOf } from "./remains.ts";
import { renewSecrets } from "./renew.ts";
import { restoreTask, strays } from "./restore.ts";
import { saver } from "./saver.ts";
import { isStopped, isUncreated } from "./status.ts";
import { removeStray } from "./stray.ts";
import { type AgentTask, newTask, type TaskEvent } from "./task.ts";
import { type Work, works } from "./works.ts";

/** Work that leaves something on the machine of which only its answer tells. */
const making: readonly Work[] = ["make", "create", "start"];

/** Milliseconds for which it is waited for at the end: what then goes on is found at the next start, as after a kill. */
const makingPatience = 10_000;

/**
 * The engine: does for each task what `actions` finds until nothing is left to do. All decisions are in `advance` and `actions`,
 * which are pure; all that is done is in `steps/` and `resources/`.
 */
export function taskEngine(options: EngineOptions): Engine {
  const { runtime, store, clock, timers, resources, retryDelay } = options;
  const entries = new Map<string, Entry>();
  const credentials = credentialsMemory(clock);
  const underWay = works();
  const renewing = new Set<string>();
  const closing = new AbortController();
  let closed = false;

  const saving = saver({
    store,
    timers,
    retryDelay,
    onSaved: options.onChange,
    onFailure: (task, error) => options.onRetry(task, `Cannot save its state: ${String(error)}`),
  });
  const { perform, observe } = performer({ ...options, credentials, closing: closing.signal, record });
  const watch = deadlines({ clock, timers, find: (arn) => entries.get(arn)?.task, onDeadline: drive });

  function now(): number {
    return clock.now().getTime();
  }

  function change(entry: Entry, task: AgentTask): Promise<boolean> {
    entry.task = task;
    if (task.desired === "STOPPED") entry.stop.abort();
    letGo(entry);
    return saving.save(task);
  }

  /** Secret values and sessions are kept no longer than something may need them. */
  function letGo({ task, memory, redacts }: Entry): void {
    for (const { kind, needed } of resources) if (memory.has(kind) && !needed(task)) memory.delete(kind);
    for (const { name, attempt } of task.containers) {
      if (attempt.status === "running" || attempt.status === "stopped") redacts.delete(name);
    }
    if (isStopped(task)) credentials.forget(task.arn);
    else if (!task.containers.some(isUncreated) && !resources.some(({ keepsSession }) => keepsSession?.(task))) {
      credentials.forget(task.arn, "TaskExecution");
    }
  }

  function record(arn: string, event: TaskEvent): void {
    const entry = entries.get(arn);
    if (!entry || closed) return;
    const task = advance(entry.task, event, now());
    if (task === entry.task) return letGo(entry);
    void change(entry, task);
    if (event.kind === "started") watch.add(task, event.container);
    drive(arn);
  }

  function drive(arn: string): void {
    const entry = entries.get(arn);
    if (!entry || closing.signal.aborted) return;
    for (;;) {
      const { task } = entry;
      const [action] = actions(task, resources, now());
      if (!action) return;
      const begun = begin(task, action);
      if (action.kind === "give-up") return record(arn, begun);
      // The event changes the task, and so the next action is another one.
      const saved = change(entry, advance(task, begun, now()));
      underWay.track(action.kind, perform(entry, action, saved));
    }
  }

  function begin(task: AgentTask, action: Action): TaskEvent {
    return beginning(action, now(), (container) => runtimeNameOf(task, container, options.ids.hex(10)));
  }

  function stop(arn: string): void {
    record(arn, { kind: "stop-wanted" });
  }

  function watchRunning(entry: Entry, container: string, id: string): void {
    underWay.track("observe", observe(entry, container, id));
  }

  function onExit(entry: Entry, id: string): void {
    const { task, endedEarly } = entry;
    for (const { kind, needs } of resources) {
      const { data } = task.resources[kind] ?? {};
      const need = data === undefined ? undefined : needs?.(data);
      if (need?.id === id) record(task.arn, { kind: "resource-lost", resource: kind, reason: need.lost });
    }
    const container = task.containers.find(({ attempt }) => attempt.runtimeId === id);
    // The step under way may have looked at it before it ended. One that is stopping is looked at afterwards anyhow.
    if (container?.attempt.status === "starting") endedEarly.add(id);
    if (container?.attempt.status === "running") watchRunning(entry, container.name, id);
  }

  /** What a container tells of itself while it runs. */
  function onNews({ task }: Entry, event: Exclude<RuntimeEvent, { readonly kind: "exit" }>): void {
    const container = task.containers.find(({ attempt }) => attempt.runtimeId === event.id)?.name;
    if (container === undefined) return;
    if (event.kind === "health") record(task.arn, healthEvent(container, event.status, now()));
    else record(task.arn, { kind: "out-of-memory", container });
  }

  const stopWatching = runtime.events((event) => {
    for (const entry of entries.values()) {
      if (event.kind === "exit") onExit(entry, event.id);
      else onNews(entry, event);
    }
  });

  /** Throws where the payload is malformed. */
  function arrived(payload: PayloadTask): Entry {
    const bare = newTask(payload, []);
    const needed = resources.filter((resource) => resource.needed(bare));
    const task = newTask(
      payload,
      needed.map(({ kind }) => kind),
    );
    const reason = unresolvable(payload);
    if (reason === undefined) actions(task, resources, now());
    const entry = newEntry(reason === undefined ? task : advance(task, { kind: "stop-wanted", reason }, now()));
    entries.set(task.arn, entry);
    return entry;
  }

  return {
    tasks: () => [...entries.values()].map(({ task }) => task),

    accept(payload) {
      const known = entries.get(payload.arn);
      if (known && isStopped(known.task)) {
        options.onRepeat(known.task);
        return Promise.resolve(true);
      }
      const entry = known ?? arrived(payload);
      credentials.take(payload);
      letGo(entry);
      if (payload.desiredStatus === "STOPPED") stop(payload.arn);
      const saved = saving.save(entry.task);
      drive(payload.arn);
      return saved;
    },

    stop,

    refreshCredentials(arn, roleType, session) {
      const entry = entries.get(arn);
      if (!entry) return;
      credentials.refresh(arn, roleType, session);
      letGo(entry);
    },

    async renewSecrets(arn, session) {
      const entry = entries.get(arn);
      if (!entry || renewing.has(arn)) return undefined;
      renewing.add(arn);
      try {
        const outcome = await renewSecrets(options, entry.task, session);
        if (outcome && "failure" in outcome) return outcome.failure;
        if (outcome) record(arn, outcome);
        return undefined;
      } finally {
        renewing.delete(arn);
      }
    },

    credentials: credentials.find,

    async restore() {
      const states = await runtime.containers.list();
      const restored = store.tasks().map((task) => restoreTask(task, states, resources, now()));
      for (const id of strays(restored, states, resources)) {
        const rest = await removeStray(id, { ...options, closing: closing.signal });
        // It keeps nobody from running.
        if (rest) underWay.track("remove", rest());
      }
      for (const task of restored) {
        const entry = newEntry(task);
        entries.set(task.arn, entry);
        void change(entry, task);
        for (const { name, attempt } of task.containers) {
          if (attempt.status !== "running" || attempt.runtimeId === undefined) continue;
          watch.add(task, name);
          // It may have ended since the runtime was asked.
          watchRunning(entry, name, attempt.runtimeId);
        }
        drive(task.arn);
      }
    },

    async remove(arn) {
      const entry = entries.get(arn);
      if (!entry || !isStopped(entry.task)) return;
      for (const id of await remainsOf(entry.task, runtime)) await runtime.containers.remove(id);
      for (const { kind, clear } of resources) if (entry.task.resources[kind]) await clear?.(runtime, entry.task);
      await change(entry, { ...entry.task, removedAt: now() });
    },

    async forget(arn) {
      if (entries.get(arn)?.task.removedAt === undefined) return;
      entries.delete(arn);
      await store.delete(arn);
    },

    async allStopped() {
      await underWay.until(() => [...entries.values()].every(({ task }) => isStopped(task)));
      await saving.idle();
    },

    async [Symbol.asyncDispose]() {
      closing.abort();
      for (const { stop } of entries.values()) stop.abort();
      stopWatching();
      watch[Symbol.dispose]();
      const made = new AbortController();
      await Promise.race([underWay.all(making), pause(timers, makingPatience, made.signal)]);
      made.abort();
      closed = true;
      await saving[Symbol.asyncDispose]();
    },
  };
}
