import { connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import type { Endpoints } from "../link/endpoints.ts";

const unavailable = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/**
 * Hands a connection of a container on to the control plane, byte for byte: requests are signed with the host name that the
 * container used. Where the control plane does not answer, SDKs are told to try again.
 */
export function forward(connection: Duplex, endpoints: Pick<Endpoints, "current" | "failed">): void {
  const endpoint = endpoints.current();
  if (endpoint === undefined) return void connection.destroy();
  const { protocol, hostname, port } = new URL(endpoint);
  const isTls = protocol === "https:";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const options = { host, port: Number(port) || (isTls ? 443 : 80), allowHalfOpen: true };
  const upstream = isTls ? connectTls({ ...options, servername: host }) : connectTcp(options);
  let isConnected = false;
  upstream.once(isTls ? "secureConnect" : "connect", () => {
    isConnected = true;
  });
  upstream.on("error", () => {
    if (isConnected) return void connection.destroy();
    endpoints.failed(endpoint);
    connection.end(unavailable);
  });
  upstream.on("close", () => {
    if (isConnected && !connection.writableEnded) connection.destroy();
  });
  connection.on("close", () => upstream.destroy());
  connection.pipe(upstream).pipe(connection);
}
