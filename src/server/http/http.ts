import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from "node:http";
import type { Server as SecureServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { pipeline } from "node:stream/promises";
import { atMost } from "../../concurrency/at-most.ts";
import type { WireRequest } from "../../wire/protocol.ts";
import { nameIn, type TlsKeyPair } from "../tls.ts";
import { requestBody } from "./body.ts";
import { deadlines } from "./deadlines.ts";
import { type HttpResponse, type Mount, mountFinder } from "./mounts.ts";

/** Largest request line with all headers, in bytes. A larger one is answered 431. */
const largestHeader = 32 * 1024;

/** Most connections at a time. Further ones are closed at once, so that the open ones are still served. */
const mostConnections = 16_384;

/** Milliseconds: for a client's headers, until a client's next request, and between two checks of both. */
const patience = { headers: 10_000, idle: 65_000, checked: 5_000 };

/** Milliseconds for a client's TLS handshake. */
const handshakePatience = 10_000;

const refusals: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

export interface HttpOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly mounts: readonly Mount[];
  /** Certificate and private key, in PEM; plain HTTP if not given. */
  readonly tls?: TlsKeyPair;
  /** Takes over a WebSocket handshake; never rejects. */
  upgrade(request: WireRequest, incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void>;
  /** For tests of slow clients. */
  readonly patience?: typeof patience;
}

export interface HttpServer extends AsyncDisposable {
  /** `http://host:port`, or `https` with a name that the certificate has. */
  readonly endpoint: string;
  /** Takes another certificate for the connections to come. */
  renew(tls: TlsKeyPair): void;
}

/** Listens; resolves once requests are answered. */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const { headers, idle, checked } = options.patience ?? patience;
  const findMount = mountFinder(options.mounts);
  const late = deadlines(checked);
  /** Requests that are being answered. Those whose clients have gone away count too. */
  let underWay = 0;
  let onQuiet: (() => void) | undefined;
  const server = serverOf(
    options.tls,
    {
      maxHeaderSize: largestHeader,
      headersTimeout: headers,
      // Each mount has its own patience.
      requestTimeout: 0,
      keepAliveTimeout: idle,
      connectionsCheckingInterval: checked,
      // Some clients offer HTTP/2 (`h2c`) with an ordinary request, which must be answered as one.
      shouldUpgradeCallback: (incoming) => incoming.headers.upgrade?.toLowerCase() === "websocket",
    },
    (incoming, response) => {
      underWay++;
      answer(incoming, response)
        .catch((error: Error) => {
          process.emitWarning(error);
          response.destroy();
        })
        .finally(() => {
          underWay--;
          if (underWay === 0) onQuiet?.();
        });
    },
  );
  server.maxConnections = mostConnections;

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (hasTwoHosts(incoming)) return refuse(response, 400);
    const path = pathOf(incoming);
    const mount = findMount(path);
    const limits = { largest: mount.largestBody, patience: mount.patience };
    const body = requestBody(incoming, limits, late, () => refuse(response, 408));
    const answered = await mount.handle(httpRequest(incoming, path, body));
    // The client was too slow, or has gone away.
    if (response.headersSent || response.destroyed) return;
    // A server that closes waits until its connections end.
    if (!server.listening) response.shouldKeepAlive = false;
    await write(response, answered);
  }

  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return void socket.destroy();
    const status = refusals[error.code ?? ""] ?? "400 Bad Request";
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
  const sockets = new Set<Socket>();
  server.on("upgrade", (incoming, socket: Socket, head) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    const request = httpRequest(incoming, pathOf(incoming), Buffer.alloc(0));
    void options.upgrade(request, incoming, socket, head);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: options.tls
      ? `https://${nameIn(options.tls, reachableName(options.host))}:${port}`
      : `http://${reachableName(options.host)}:${port}`,
    renew(tls) {
      if ("setSecureContext" in server) server.setSecureContext(tls);
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      server.closeIdleConnections();
      // Requests under way get a moment to be answered. A WebSocket that was being opened meanwhile would be waited for too.
      const impatient = setTimeout(() => {
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }, 2_000);
      await closed;
      // Work for clients that have gone away still uses what is closed after this.
      if (underWay > 0) await atMost(2_000, new Promise<void>((resolve) => (onQuiet = resolve)));
      clearTimeout(impatient);
      late[Symbol.dispose]();
    },
  };
}

/**
 * The modules are not imported, which reads every export of `node:http` and so loads its WebSocket and all that is behind
 * it.
 */
function serverOf(
  tls: TlsKeyPair | undefined,
  options: ServerOptions,
  listener: RequestListener,
): Server | SecureServer {
  if (!tls) return process.getBuiltinModule("node:http").createServer(options, listener);
  const secure = { ...options, ...tls, handshakeTimeout: handshakePatience, ALPNProtocols: ["http/1.1"] };
  return process.getBuiltinModule("node:https").createServer(secure, listener);
}

/** The name by which this machine reaches a server that listens on `host`. Clients cannot connect to "every address". */
function reachableName(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

async function write(response: ServerResponse, { status, headers, body }: HttpResponse): Promise<void> {
  if (typeof body === "string" || Buffer.isBuffer(body)) {
    const length = Buffer.byteLength(body);
    response.writeHead(status, { ...headers, "content-length": length });
    // Text of as many bytes as characters is ASCII, which Node sends faster so.
    return void response.end(body, length === body.length ? "latin1" : "utf8");
  }
  response.writeHead(status, headers);
  response.flushHeaders();
  try {
    await pipeline(body, response);
  } catch (error) {
    // If the client went away, the stream's `return` was called.
    if (!isClientGone(error)) throw error;
  }
}

function isClientGone(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ECONNRESET" || code === "EPIPE";
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { connection: "close", "content-length": 0 });
  response.end();
}

/** A proxy may have used one of them, and this server would use the other (RFC 9112, 3.2). */
function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") count++;
  }
  return count > 1;
}

function pathOf({ url = "/" }: IncomingMessage): string {
  const mark = url.indexOf("?");
  return mark < 0 ? url : url.slice(0, mark);
}

function httpRequest<Body>(incoming: IncomingMessage, path: string, body: Body) {
  const { url = "/", method = "GET" } = incoming;
  return {
    method,
    path,
    query: url.length === path.length ? "" : url.slice(path.length + 1),
    headers: readHeaders(incoming),
    remoteAddress: incoming.socket.remoteAddress ?? "",
    isSecure: "encrypted" in incoming.socket,
    body,
  };
}

/** Without a prototype: a header may be called `constructor`. */
function readHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers = { __proto__: null, ...incoming.headers } as unknown as Record<string, string>;
  // The one header that comes as a list.
  if (incoming.headers["set-cookie"]) headers["set-cookie"] = incoming.headers["set-cookie"].join(",");
  return headers;
}
