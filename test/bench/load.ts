import { connect, type Socket } from "node:net";

export interface LoadOptions {
  readonly port: number;
  /** One whole HTTP/1.1 request; sent again and again, one at a time on each connection. */
  readonly request: Buffer;
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
  await Promise.all(Array.from({ length: options.connections }, () => drive(options, end, times)));
  const seconds = (performance.now() - started) / 1000;
  times.sort((left, right) => left - right);
  return {
    requestsPerSecond: Math.round(times.length / seconds),
    median: times[Math.floor(times.length / 2)] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}

function drive({ port, request }: LoadOptions, end: number, times: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let sent = 0;
    let received = "";
    function send(): void {
      received = "";
      sent = performance.now();
      socket.write(request);
    }
    socket.on("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      const head = received.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length < head + 4 + length) return;
      if (!received.startsWith("HTTP/1.1 200")) return void reject(new Error(`Answered ${received}`));
      const now = performance.now();
      times.push(now - sent);
      if (now < end) return send();
      socket.end();
      resolve();
    });
  });
}
