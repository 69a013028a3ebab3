import { setTimeout as delay } from "node:timers/promises";
import type Dockerode from "dockerode";
import type { HealthStatus } from "../containers.ts";
import type { RuntimeEvent, RuntimeListener } from "../events.ts";
import type { Engine } from "./engine.ts";
import { openEventStream } from "./event-stream.ts";
import { listedHealth } from "./health.ts";
import { runtimeLabel } from "./labels.ts";

export interface EngineEvents {
  /** Says that `id` is about to run, so that its end is noticed even while no event arrives. */
  watch(id: string): void;
  /** Takes back `watch`. */
  forget(id: string): void;
  subscribe(listener: RuntimeListener): () => void;
  close(): void;
}

export interface WatchOptions {
  /**
   * Begins what is to be done whenever the Engine is heard, again too: it may have been started anew. What fails is done the next
   * time. `signal` is aborted when nobody listens any more.
   */
  readonly onConnect?: (docker: Dockerode, signal: AbortSignal) => readonly Promise<void>[];
}

/** Milliseconds to wait before listening again, the last one repeated. */
const pauses = [100, 250, 500, 1000, 2000, 5000];

/**
 * Listens to the Engine's events while there are listeners. A broken connection is made again, and what happened meanwhile is
 * found by comparing: containers that ran and run no more have ended, and health may have changed.
 */
export function watchEvents({ connect, prefix }: Engine, options: WatchOptions = {}): EngineEvents {
  const running = new Set<string>();
  const healths = new Map<string, HealthStatus>();
  const listeners = new Set<RuntimeListener>();
  let listening: AbortController | undefined;

  function emit(event: RuntimeEvent): void {
    if (event.kind === "exit") forget(event.id);
    if (event.kind === "health") {
      if (healths.get(event.id) === event.status) return;
      healths.set(event.id, event.status);
    }
    for (const listener of [...listeners]) listener(event);
  }

  function forget(id: string): void {
    running.delete(id);
    healths.delete(id);
  }

  /** Reports what was missed, and resolves to the containers whose end is among it. */
  async function compare(docker: Dockerode): Promise<Set<string>> {
    const before = [...running];
    const found = await docker.listContainers({ filters: { label: [`${runtimeLabel}=${prefix}`] } });
    const now = new Set(found.map(({ Id }) => Id));
    const missed = new Set<string>();
    for (const id of now) running.add(id);
    for (const id of before) if (!now.has(id) && running.has(id) && (await hasEnded(docker, id))) missed.add(id);
    for (const id of missed) emit({ kind: "exit", id });
    for (const { Id: id, Status } of found) {
      const status = listedHealth(Status);
      if (status) emit({ kind: "health", id, status });
    }
    return missed;
  }

  async function follow(signal: AbortSignal): Promise<void> {
    const docker = await connect();
    using events = await openEventStream(docker, prefix, signal);
    void Promise.allSettled(options.onConnect?.(docker, signal) ?? []);
    const missed = await compare(docker);
    for await (const event of events) if (event.kind !== "exit" || !missed.delete(event.id)) emit(event);
  }

  async function listen(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      const connected = follow(signal).then(
        () => true,
        () => false, // the Engine is away: every other call says so, and this one listens again
      );
      if (await connected) attempt = 0;
      if (!signal.aborted) await delay(pauses[attempt] ?? pauses.at(-1), undefined, { signal }).catch(() => {});
    }
  }

  function close(): void {
    listening?.abort();
    listening = undefined;
  }

  return {
    watch: (id) => void running.add(id),
    forget,
    subscribe(listener) {
      const own: RuntimeListener = (event) => listener(event);
      listeners.add(own);
      if (!listening) {
        listening = new AbortController();
        void listen(listening.signal);
      }
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) close();
      };
    },
    close,
  };
}

/** A container that the list of running ones lacks may be about to start, or have started since. */
async function hasEnded(docker: Dockerode, id: string): Promise<boolean> {
  const [found] = await docker.listContainers({ all: true, filters: { id: [id] } });
  return found === undefined || found.State === "exited" || found.State === "dead" || found.State === "removing";
}
