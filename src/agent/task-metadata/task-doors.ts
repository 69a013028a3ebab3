import type { Duplex } from "node:stream";
import { pause, type Timers } from "../../concurrency/timers.ts";
import type { Log } from "../../log.ts";
import type { Door, LinkLocal } from "../../runtime/link-local.ts";
import { RuntimeUnavailableError } from "../../runtime/runtime-error.ts";
import { isStopped } from "../engine/status.ts";
import { type AgentTask, containerOf, lastStart } from "../engine/task.ts";
import { growingDelay } from "../link/growing-delay.ts";
import { namespaceOf } from "../resources/network.ts";
import { callerOf } from "./caller.ts";

export interface TaskDoorsOptions {
  readonly linkLocal: LinkLocal;
  /** By port, which is the same in every network. */
  readonly listeners: ReadonlyMap<number, (connection: Duplex, from: string) => void>;
  readonly timers: Timers;
  readonly log: Log;
}

/** The task endpoint at 127.0.0.1 in the network of each task, for as long as that is there. */
export interface TaskDoors extends AsyncDisposable {
  /** Before a container is started whose network is there already. Resolves to why its programs could not be answered. */
  beforeStart(task: AgentTask): Promise<string | undefined>;
  /** Opens what the task's running containers lack, and closes what nobody needs any more. */
  changed(task: AgentTask): void;
}

interface Kept {
  readonly ended: AbortController;
  /** Resolves when it listens for the first time; rejects where that failed, and it is tried again. */
  readonly first: Promise<void>;
  readonly over: Promise<void>;
}

export function taskDoors({ linkLocal, listeners, timers, log }: TaskDoorsOptions): TaskDoors {
  /** By the task's ARN, then by network: a container has another one with each start. */
  const tasks = new Map<string, Map<string, Kept>>();
  const ending = new Set<Promise<void>>();

  async function openOnce(arn: string, container: string): Promise<Door> {
    const door = await linkLocal.open({ container });
    try {
      for (const [port, onConnection] of listeners) {
        const found = await door.listen(port, (connection) => onConnection(connection, callerOf(arn)));
        if (found === undefined) throw new Error(`a program in the task's network listens at port ${port}`);
      }
      return door;
    } catch (error) {
      await door[Symbol.asyncDispose]();
      throw error;
    }
  }

  function keep(arn: string, container: string): Kept {
    const ended = new AbortController();
    const first = Promise.withResolvers<void>();
    first.promise.catch(() => {});
    async function run(): Promise<void> {
      const delay = growingDelay(500, 10_000);
      while (!ended.signal.aborted) {
        try {
          await using door = await openOnce(arn, container);
          first.resolve();
          delay.reset();
          const stopped = new Promise<void>((resolve) => ended.signal.addEventListener("abort", () => resolve()));
          if (!ended.signal.aborted) await Promise.race([door.closed, stopped]);
        } catch (error) {
          first.reject(error);
          if (!ended.signal.aborted) log.warn({ task: arn, err: error }, "Cannot serve a task's endpoint yet");
        }
        await pause(timers, delay.next(), ended.signal);
      }
    }
    return { ended, first: first.promise, over: run() };
  }

  function close(kept: Kept): void {
    kept.ended.abort();
    ending.add(kept.over);
    void kept.over.finally(() => ending.delete(kept.over));
  }

  function update(task: AgentTask): ReadonlyMap<string, Kept> {
    const open = tasks.get(task.arn) ?? new Map<string, Kept>();
    const wanted = networksOf(task);
    for (const [network, kept] of open) {
      if (wanted.has(network)) continue;
      open.delete(network);
      close(kept);
    }
    for (const [network, container] of wanted) {
      if (!open.has(network)) open.set(network, keep(task.arn, container));
    }
    if (open.size > 0) tasks.set(task.arn, open);
    else tasks.delete(task.arn);
    return open;
  }

  return {
    async beforeStart(task) {
      try {
        for (const { first } of update(task).values()) await first;
        return undefined;
      } catch (error) {
        // Then the start itself waits for the engine.
        if (error instanceof RuntimeUnavailableError) return undefined;
        return `nothing can be served in the task's network: ${error instanceof Error ? error.message : error}`;
      }
    },
    changed: (task) => void update(task),
    async [Symbol.asyncDispose]() {
      for (const open of tasks.values()) for (const kept of open.values()) close(kept);
      tasks.clear();
      await Promise.all(ending);
    },
  };
}

/** A container for each network of the task, by what tells the networks apart. Those in the machine's network need none. */
function networksOf(task: AgentTask): ReadonlyMap<string, string> {
  const { networkMode } = task.payload;
  if (isStopped(task) || networkMode === "host") return new Map();
  if (networkMode === "awsvpc") {
    const id = namespaceOf(task);
    return new Map(id === undefined ? [] : [[id, id]]);
  }
  return new Map(
    task.containers.flatMap(({ name }) => {
      const { attempt } = containerOf(task, name);
      const { status, runtimeId: id } = attempt;
      return status === "running" && id !== undefined ? [[`${id} ${lastStart(attempt)}`, id] as const] : [];
    }),
  );
}
