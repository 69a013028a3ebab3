import { cpuTime } from "./child.ts";
import { type LoadResult, load } from "./load.ts";

/** Numbers of open connections. Some servers are fastest with few of them, others with many. */
const connections = [16, 48] as const;

export interface Durations {
  /** Milliseconds before anything counts: the compiler has seen enough by then. */
  readonly warmUp: number;
  /** Milliseconds that count. */
  readonly measured: number;
}

export interface Figures extends LoadResult {
  /** The server's CPU time, in microseconds. */
  readonly cpuPerRequest: number;
  readonly connections: number;
}

/** Measures the requests that a server answers in a second, with the number of connections that suits it best. */
export async function measure(
  { port, pid }: { readonly port: number; readonly pid: number },
  next: () => Buffer | undefined,
  { warmUp, measured }: Durations,
): Promise<Figures> {
  await load({ port, next, connections: connections[0], milliseconds: warmUp });
  let best: Figures | undefined;
  for (const atOnce of connections) {
    const before = await cpuTime(pid);
    const result = await load({ port, next, connections: atOnce, milliseconds: measured });
    const used = (await cpuTime(pid)) - before;
    const cpuPerRequest = (used * 1_000) / (result.requestsPerSecond * (measured / 1_000));
    if (best && best.requestsPerSecond >= result.requestsPerSecond) continue;
    best = { ...result, cpuPerRequest, connections: atOnce };
  }
  if (!best) throw new Error("Nothing was measured");
  return best;
}

/** Sends every request once, `atOnce` at a time. */
export async function sendAll(
  port: number,
  requests: Iterable<Buffer>,
  atOnce: number = connections[0],
): Promise<LoadResult> {
  const iterator = requests[Symbol.iterator]();
  return load({
    port,
    next: () => iterator.next().value,
    connections: atOnce,
    milliseconds: Number.POSITIVE_INFINITY,
  });
}

export function show({ requestsPerSecond, median, p99, cpuPerRequest, connections }: Figures): string {
  const times = `${connections} connections, median ${median.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${cpuPerRequest.toFixed(0)} µs of CPU each`;
  return `${requestsPerSecond.toFixed(0)} requests/s (${times})`;
}
