import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { WireRequest, WireResponse } from "../aws/protocol.ts";

/** Bytes of a request's body. AWS's largest input here, a policy document in a form, stays well below. */
const largestBody = 2 * 1024 * 1024;

/** Bytes of a request line with all headers; Node answers 431 beyond. */
const largestHeader = 32 * 1024;

export interface HttpOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Answers an API request; never rejects. */
  dispatch(request: WireRequest): Promise<WireResponse>;
  /** Answers paths that are not the API's (`/health`), or `undefined`. Never rejects. */
  route(method: string, path: string): Promise<WireResponse> | undefined;
  /** Takes a WebSocket handshake over; never rejects. */
  upgrade(request: WireRequest, incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void>;
}

export interface HttpServer extends AsyncDisposable {
  /** `http://host:port`. */
  readonly endpoint: string;
}

/** Listens; resolves once requests are answered. */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const server = createServer({ maxHeaderSize: largestHeader, requestTimeout: 30_000 }, (incoming, response) => {
    void answer(options, incoming, response);
  });
  server.keepAliveTimeout = 65_000;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return void socket.destroy();
    const status = error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
  const sockets = new Set<Socket>();
  server.on("upgrade", (incoming, socket: Socket, head) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    void options.upgrade(wireRequest(incoming, Buffer.alloc(0)), incoming, socket, head);
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
    endpoint: `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      server.closeIdleConnections();
      // Requests under way get a moment to be answered.
      const impatient = setTimeout(() => server.closeAllConnections(), 2_000);
      await closed;
      clearTimeout(impatient);
    },
  };
}

async function answer(options: HttpOptions, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(incoming);
  if (body === "too large") {
    response.writeHead(413, { connection: "close", "content-type": "application/json" });
    response.end(JSON.stringify({ __type: "RequestEntityTooLargeException", message: "Request size exceeds limit" }));
    return;
  }
  if (body === "aborted") return void response.destroy();
  const request = wireRequest(incoming, body);
  const answered = await (options.route(request.method, request.path) ?? options.dispatch(request));
  const bytes = typeof answered.body === "string" ? Buffer.from(answered.body) : answered.body;
  response.writeHead(answered.status, { ...answered.headers, "content-length": bytes.length });
  response.end(bytes);
}

function readBody(incoming: IncomingMessage): Promise<Buffer | "too large" | "aborted"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > largestBody) {
        incoming.pause();
        resolve("too large");
      } else chunks.push(chunk);
    });
    incoming.on("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    incoming.on("error", () => resolve("aborted"));
    incoming.on("aborted", () => resolve("aborted"));
  });
}

function wireRequest(incoming: IncomingMessage, body: Buffer): WireRequest {
  const target = incoming.url ?? "/";
  const mark = target.indexOf("?");
  return {
    method: incoming.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark + 1),
    // Only set-cookie comes as a list, and no client sends it.
    headers: incoming.headers as Record<string, string>,
    body,
    remoteAddress: incoming.socket.remoteAddress ?? "",
  };
}
