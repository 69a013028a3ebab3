import { connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import { pause, type Timers } from "../../concurrency/timers.ts";
import type { Endpoints } from "../link/endpoints.ts";

const unavailable = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/**
 * Milliseconds for which a connection waits for a control plane that is being started again, and between two tries. The log
 * driver `awslogs` drops a batch of lines after three answers that are none, which take it seconds.
 */
const [patience, between] = [30_000, 500];

/**
 * Hands a connection of a container on to the control plane, byte for byte: requests are signed with the host name that the
 * container used. Where the control plane does not come back, SDKs are told to try again.
 */
export async function forward(
  connection: Duplex,
  endpoints: Pick<Endpoints, "current" | "failed">,
  timers: Timers,
): Promise<void> {
  const gone = new AbortController();
  connection.once("close", () => gone.abort());
  for (let left = patience; !gone.signal.aborted; left -= between) {
    const endpoint = endpoints.current();
    if (endpoint === undefined) return void connection.destroy();
    const upstream = await connected(endpoint);
    if (upstream) return join(connection, upstream);
    endpoints.failed(endpoint);
    if (left <= 0) return void connection.end(unavailable);
    await pause(timers, between, gone.signal);
  }
}

/** `undefined` where nobody answers. */
function connected(endpoint: string): Promise<Duplex | undefined> {
  const { protocol, hostname, port } = new URL(endpoint);
  const isTls = protocol === "https:";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const options = { host, port: Number(port) || (isTls ? 443 : 80), allowHalfOpen: true };
  const upstream = isTls ? connectTls({ ...options, servername: host }) : connectTcp(options);
  return new Promise((resolve) => {
    upstream.once(isTls ? "secureConnect" : "connect", () => resolve(upstream));
    // Later ones close it, which is seen there.
    upstream.on("error", () => resolve(undefined));
  });
}

function join(connection: Duplex, upstream: Duplex): void {
  if (connection.destroyed) return void upstream.destroy();
  upstream.on("close", () => {
    if (!connection.writableEnded) connection.destroy();
  });
  connection.on("close", () => upstream.destroy());
  connection.pipe(upstream).pipe(connection);
}
