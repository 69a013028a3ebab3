import { cpuTime } from "./child.ts";
import { type LoadResult, load } from "./load.ts";

const connections = 16;

export interface Durations {
  /** Milliseconds before anything counts: the compiler has seen enough by then. */
  readonly warmUp: number;
  /** Milliseconds that count. */
  readonly measured: number;
}

export interface Figures extends LoadResult {
  /** Of the server's CPU, in microseconds. */
  readonly cpuPerRequest: number;
}

/** How many of these requests a server answers in a second. */
export async function measure(
  { port, pid }: { readonly port: number; readonly pid: number },
  next: () => Buffer | undefined,
  { warmUp, measured }: Durations,
): Promise<Figures> {
  await load({ port, next, connections, milliseconds: warmUp });
  const before = await cpuTime(pid);
  const result = await load({ port, next, connections, milliseconds: measured });
  const used = (await cpuTime(pid)) - before;
  return { ...result, cpuPerRequest: (used * 1_000) / (result.requestsPerSecond * (measured / 1_000)) };
}

/** Sends every request once, so many at a time. */
export async function sendAll(port: number, requests: Iterable<Buffer>, atOnce = connections): Promise<LoadResult> {
  const iterator = requests[Symbol.iterator]();
  return load({
    port,
    next: () => iterator.next().value,
    connections: atOnce,
    milliseconds: Number.POSITIVE_INFINITY,
  });
}

export function show({ requestsPerSecond, median, p99, cpuPerRequest }: Figures): string {
  const times = `median ${median.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${cpuPerRequest.toFixed(0)} µs of CPU each`;
  return `${requestsPerSecond.toFixed(0)} requests/s (${times})`;
}
