import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { WireRequest, WireResponse } from "../../wire/protocol.ts";

/** Bytes of a request's body. AWS's largest input here, a policy document in a form, stays well below. */
const largestBody = 2 * 1024 * 1024;

/** Bytes of a request line with all headers; 431 beyond. */
const largestHeader = 32 * 1024;

/** Milliseconds that a client may take over its headers, over a whole request, and until it asks for more. */
const patience = { headers: 10_000, request: 30_000, idle: 65_000, checked: 5_000 };

const refusals: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

export interface HttpOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Answers an API request; never rejects. */
  dispatch(request: WireRequest): Promise<WireResponse>;
  /** Answers paths that are not the API's (`/health`), or `undefined`. Never rejects. */
  route(request: WireRequest): Promise<WireResponse> | undefined;
  /** Takes a WebSocket handshake over; never rejects. */
  upgrade(request: WireRequest, incoming: IncomingMessage, socket: Socket, head: Buffer): Promise<void>;
  /** For tests of slow clients; `checked` is how often the others are looked at. */
  readonly patience?: typeof patience;
}

export interface HttpServer extends AsyncDisposable {
  /** `http://host:port`. */
  readonly endpoint: string;
}

/** Listens; resolves once requests are answered. */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  const { headers, request, idle, checked } = options.patience ?? patience;
  const server = createServer(
    {
      maxHeaderSize: largestHeader,
      headersTimeout: headers,
      requestTimeout: request,
      keepAliveTimeout: idle,
      connectionsCheckingInterval: checked,
      // Some clients offer HTTP/2 (`h2c`) with an ordinary request, which must be answered as one.
      shouldUpgradeCallback: (incoming) => incoming.headers.upgrade?.toLowerCase() === "websocket",
    },
    (incoming, response) => {
      answer(options, incoming, response, () => server.listening).catch((error: Error) => {
        process.emitWarning(error);
        response.destroy();
      });
    },
  );
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
    endpoint: `http://${reachableName(options.host)}:${port}`,
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

/** Under which this machine reaches what listens on `host`; nothing connects to "every address". */
function reachableName(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

async function answer(
  options: HttpOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
  isOpen: () => boolean,
): Promise<void> {
  const body = await readBody(incoming);
  if (body === "too large") {
    const { type, text } = tooLarge(incoming);
    response.writeHead(413, { connection: "close", "content-type": type });
    return void response.end(text);
  }
  if (body === "aborted") return void response.destroy();
  const request = wireRequest(incoming, body);
  const answered = await (options.route(request) ?? options.dispatch(request));
  // A server that is about to end waits for its connections.
  if (!isOpen()) response.shouldKeepAlive = false;
  response.writeHead(answered.status, { ...answered.headers, "content-length": Buffer.byteLength(answered.body) });
  response.end(answered.body);
}

/** Nobody has read the request; whether it speaks the Query protocol, whose clients read XML only, its type says. */
function tooLarge({ headers }: IncomingMessage): { readonly type: string; readonly text: string } {
  const message = "Request size exceeds limit";
  if (/^application\/x-www-form-urlencoded\b/i.test(headers["content-type"] ?? "")) {
    const error = `<Type>Sender</Type><Code>RequestEntityTooLarge</Code><Message>${message}</Message>`;
    return { type: "text/xml", text: `<ErrorResponse><Error>${error}</Error></ErrorResponse>` };
  }
  const text = JSON.stringify({ __type: "RequestEntityTooLargeException", message });
  return { type: "application/json", text };
}

function readBody(incoming: IncomingMessage): Promise<Buffer | "too large" | "aborted"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      // The rest is read and dropped: a client that is still sending would lose the answer with the connection.
      if (length > largestBody) chunks.length = 0;
      else chunks.push(chunk);
    });
    incoming.on("end", () => {
      if (length > largestBody) resolve("too large");
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    incoming.on("error", () => resolve("aborted"));
    // After "end" this says nothing new.
    incoming.on("close", () => resolve("aborted"));
  });
}

function wireRequest(incoming: IncomingMessage, body: Buffer): WireRequest {
  const target = incoming.url ?? "/";
  const mark = target.indexOf("?");
  return {
    method: incoming.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark + 1),
    headers: readHeaders(incoming),
    body,
    remoteAddress: incoming.socket.remoteAddress ?? "",
  };
}

/** Without a prototype: a header may be called `constructor`. */
function readHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers = { __proto__: null, ...incoming.headers } as unknown as Record<string, string>;
  // The one header that comes as a list.
  if (incoming.headers["set-cookie"]) headers["set-cookie"] = incoming.headers["set-cookie"].join(",");
  return headers;
}
