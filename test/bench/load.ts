import { connect, type Socket } from "node:net";

export interface LoadOptions {
  readonly port: number;
  /** Makes the next whole HTTP/1.1 request, one at a time on each connection; `undefined` ends the load. */
  next(): Buffer | undefined;
  readonly connections: number;
  readonly milliseconds: number;
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
}

/** Sends as fast as answers come. Rejects at the first answer that is not a 200. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const times: number[] = [];
  const started = performance.now();
  const end = started + options.milliseconds;
  const drivers = Promise.all(Array.from({ length: options.connections }, () => drive(options, end, times)));
  await stayAwake(drivers);
  const seconds = (performance.now() - started) / 1000;
  times.sort((left, right) => left - right);
  return {
    requestsPerSecond: times.length / seconds,
    median: times[Math.floor(times.length / 2)] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}

/**
 * Keeps the event loop from sleeping until `work` is done: waking this process with every answer would cost the server more
 * than the answer.
 */
async function stayAwake(work: Promise<unknown>): Promise<void> {
  let done = false;
  const settled = work.finally(() => {
    done = true;
  });
  function spin(): void {
    if (!done) setImmediate(spin);
  }
  spin();
  await settled;
}

/** Each request again and again, in turn. */
export function inTurn(requests: readonly Buffer[]): () => Buffer {
  let index = 0;
  return () => requests[index++ % requests.length]!;
}

async function drive(options: LoadOptions, end: number, times: number[]): Promise<void> {
  while (await driveConnection(options, end, times));
}

/** Resolves to true if there is more to send on another connection: some servers close one after each answer. */
function driveConnection({ port, next }: LoadOptions, end: number, times: number[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let sent = performance.now();
    let received = "";
    function send(): void {
      const request = performance.now() < end ? next() : undefined;
      if (request === undefined) return finish(false);
      received = "";
      socket.write(request);
    }
    function finish(more: boolean): void {
      socket.end();
      resolve(more);
    }
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      const head = received.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length < head + 4 + length) return;
      if (!/^HTTP\/1\.[01] 200/.test(received)) return void reject(new Error(`Answered ${received}`));
      const now = performance.now();
      times.push(now - sent);
      sent = now;
      if (/^HTTP\/1\.0|\r\nconnection: close\r\n/i.test(received.slice(0, head + 2))) return finish(true);
      send();
    });
  });
}
