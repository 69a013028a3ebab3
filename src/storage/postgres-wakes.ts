import { setTimeout } from "node:timers/promises";
import type { Client } from "pg";
import { localWakes, type Wakes } from "../concurrency/wakes.ts";

const channel = "sealift_wakes";

/** Bytes of a notification; PostgreSQL takes fewer than 8000. */
const largestPayload = 7_900;

/** Milliseconds for which wakes are gathered, so that many changes at once are one notification. */
const gathering = 5;

/** Milliseconds between attempts to connect. */
const retryDelay = 1_000;

export interface PostgresWakes extends Wakes, AsyncDisposable {
  /** Resolves once wakes of other processes arrive. */
  connected(): Promise<void>;
}

export interface PostgresWakesOptions {
  readonly url: string;
  /** Id of this process, by which it knows its own notifications. */
  readonly origin: string;
  /** Called once each time the connection is lost, or cannot be made at first. */
  onLost(error: unknown): void;
}

/**
 * Wakes in this process at once, and in every other process on the database at `url`. It has a connection of its own. While
 * that is lost, wakes of other processes are lost too; when it is back, every listener is called once.
 */
export function postgresWakes({ url, origin, onLost }: PostgresWakesOptions): PostgresWakes {
  const local = localWakes();
  const stopping = new AbortController();
  let client: Client | undefined;
  let ready = Promise.withResolvers<void>();
  let isLossKnown = false;
  let unsent = new Set<string>();

  /** Rejects when the connection is lost or cannot be made; resolves when it is wanted no longer. */
  async function stayConnected(): Promise<void> {
    const { default: pg } = await import("pg");
    const opened = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000 });
    const ended = Promise.withResolvers<void>();
    opened.on("error", ended.reject);
    opened.on("end", () => ended.reject(new Error("PostgreSQL closed the connection")));
    opened.on("notification", ({ payload = "" }) => receive(payload));
    stopping.signal.addEventListener("abort", () => ended.resolve(), { once: true });
    try {
      await Promise.race([opened.connect().then(() => opened.query(`listen ${channel}`)), ended.promise]);
      client = opened;
      isLossKnown = false;
      ready.resolve();
      local.wakeAll();
      await ended.promise;
    } finally {
      client = undefined;
      await opened.end().catch(() => {});
    }
  }

  async function keepConnected(): Promise<void> {
    while (!stopping.signal.aborted) {
      await stayConnected().catch((error: unknown) => {
        if (!isLossKnown) onLost(error);
        isLossKnown = true;
        ready = Promise.withResolvers();
      });
      await setTimeout(retryDelay, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  function receive(payload: string): void {
    const { from, topics } = readPayload(payload);
    if (from !== origin) for (const topic of topics) local.wake(topic);
  }

  async function sendGathered(): Promise<void> {
    await setTimeout(gathering);
    const topics = unsent;
    unsent = new Set();
    for (const payload of payloads(origin, topics)) {
      // What cannot be sent is found by those who look by themselves.
      await client?.query("select pg_notify($1, $2)", [channel, payload]).catch(() => {});
    }
  }

  const running = keepConnected();
  return {
    connected: () => ready.promise,
    on: local.on,
    wake(topic) {
      local.wake(topic);
      if (!client) return;
      unsent.add(topic);
      if (unsent.size === 1) void sendGathered();
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
    },
  };
}

/** As few notifications as hold all topics. A topic that is longer than one wakes this process only. */
export function* payloads(from: string, topics: Iterable<string>): Generator<string> {
  const empty = Buffer.byteLength(JSON.stringify({ from, topics: [] }));
  let some: string[] = [];
  let length = empty;
  for (const topic of topics) {
    const more = Buffer.byteLength(JSON.stringify(topic)) + 1;
    if (empty + more > largestPayload) continue;
    if (length + more > largestPayload) {
      yield JSON.stringify({ from, topics: some });
      some = [];
      length = empty;
    }
    some.push(topic);
    length += more;
  }
  if (some.length > 0) yield JSON.stringify({ from, topics: some });
}

/** Anybody who may connect to the database can notify. */
function readPayload(payload: string): { readonly from?: unknown; readonly topics: readonly string[] } {
  try {
    const { from, topics } = JSON.parse(payload) as { from?: unknown; topics?: unknown };
    return { from, topics: Array.isArray(topics) ? topics.filter((topic) => typeof topic === "string") : [] };
  } catch {
    return { topics: [] };
  }
}
