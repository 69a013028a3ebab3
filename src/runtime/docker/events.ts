import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type Dockerode from "dockerode";
import type { RuntimeListener } from "../events.ts";
import type { Engine } from "./engine.ts";
import { runtimeLabel } from "./labels.ts";

export interface EngineEvents {
  /** Says that `id` is about to run, so that its end is noticed even while the Engine cannot be heard. */
  watch(id: string): void;
  /** Takes back `watch`. */
  forget(id: string): void;
  subscribe(listener: RuntimeListener): () => void;
  close(): void;
}

/** Milliseconds to wait before listening again, the last one repeated. */
const pauses = [100, 250, 500, 1000, 2000, 5000];

/**
 * Hears from the Engine which containers end. When the connection breaks it is made again, and containers that ended
 * meanwhile are found by comparing what runs with what ran.
 */
export function watchEvents({ connect, prefix }: Engine): EngineEvents {
  const running = new Set<string>();
  const listeners = new Set<RuntimeListener>();
  let listening: AbortController | undefined;

  function ended(id: string): void {
    running.delete(id);
    for (const listener of [...listeners]) listener({ kind: "exit", id });
  }

  /** Reports what ended unheard, and resolves to it. */
  async function compare(docker: Dockerode): Promise<Set<string>> {
    const before = [...running];
    const found = await docker.listContainers({ filters: { label: [`${runtimeLabel}=${prefix}`] } });
    const now = new Set(found.map(({ Id }) => Id));
    const missed = new Set<string>();
    for (const id of now) running.add(id);
    for (const id of before) if (!now.has(id) && running.has(id) && (await hasEnded(docker, id))) missed.add(id);
    missed.forEach(ended);
    return missed;
  }

  async function follow(signal: AbortSignal): Promise<void> {
    const docker = await connect();
    const filters = { type: ["container"], event: ["die"], label: [`${runtimeLabel}=${prefix}`] };
    const asked = { filters, abortSignal: signal } as Dockerode.GetEventsOptions;
    const events = (await docker.getEvents(asked)) as Readable;
    events.setEncoding("utf8").on("error", () => {}); // thrown by the loop below, which may not have begun yet
    try {
      const missed = await compare(docker);
      for await (const id of idsOf(events)) if (!missed.delete(id)) ended(id);
    } finally {
      events.destroy();
    }
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

  return {
    watch: (id) => void running.add(id),
    forget: (id) => void running.delete(id),
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

  function close(): void {
    listening?.abort();
    listening = undefined;
  }
}

async function* idsOf(events: AsyncIterable<string>): AsyncIterable<string> {
  let rest = "";
  for await (const chunk of events) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield (JSON.parse(line) as { Actor: { ID: string } }).Actor.ID;
  }
}

/** A container that the list of running ones lacks may be about to start, or have started since. */
async function hasEnded(docker: Dockerode, id: string): Promise<boolean> {
  const [found] = await docker.listContainers({ all: true, filters: { id: [id] } });
  return found === undefined || found.State === "exited" || found.State === "dead" || found.State === "removing";
}
