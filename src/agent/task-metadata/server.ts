import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "../../clock.ts";
import type { Timers } from "../../concurrency/timers.ts";
import { type Answer, plain } from "./answer.ts";
import { deliveryPrefix, type LogDelivery } from "./log-delivery.ts";
import type { Metadata } from "./metadata.ts";
import { rateLimit, rates } from "./rate-limit.ts";
import { route } from "./routes.ts";

/** Milliseconds of a connection: five to read its request and five to write the answer, as in AWS's agent. */
const patience = 10_000;

/** Bytes of the largest body that is read. */
const largestBody = 16 * 1024;

export interface MetadataServer extends Disposable {
  take(connection: Duplex, from: string): void;
}

/** Answers requests that come over connections which somebody else accepts. Each connection has one request. */
export function metadataServer(options: {
  readonly metadata: Metadata;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly deliver: LogDelivery;
}): MetadataServer {
  const { metadata, timers, deliver } = options;
  const isTooMany = rateLimit(options.clock);
  const addresses = new Map<Duplex, string>();
  /** End a connection's time limit. */
  const cancels = new Map<Duplex, () => void>();
  const server = createServer((incoming, response) => {
    if (incoming.url?.startsWith(deliveryPrefix)) {
      // It takes as long as the control plane takes: a driver that is cut off sends again what may be stored already.
      cancels.get(incoming.socket)?.();
      return void deliver(incoming, response);
    }
    void answer(incoming)
      .catch((error: unknown) => {
        if (incoming.socket.destroyed) return plain(400, ""); // nobody is there to read it
        metadata.log.error({ err: error }, "Cannot answer a request for task metadata");
        return plain(500, "Internal server error");
      })
      .then((answer) => write(response, answer));
  });

  async function answer(incoming: IncomingMessage): Promise<Answer> {
    const from = addresses.get(incoming.socket) ?? "";
    const target = `http://localhost${incoming.url ?? "/"}`;
    // Such as that of `OPTIONS *`.
    if (!URL.canParse(target)) return plain(400, "");
    const { pathname: path, searchParams: query } = new URL(target);
    if (isTooMany(`${from}|${path}`)) {
      const headers = { "X-Rate-Limit-Limit": rates.steady.toFixed(2), "X-Rate-Limit-Duration": "1" };
      return { ...plain(429, "You have reached maximum request limit."), headers };
    }
    const body = await bodyOf(incoming);
    if (body === undefined) return plain(413, "");
    return route(metadata, { method: incoming.method ?? "", path: decoded(path), query, body, from });
  }

  return {
    take(connection, from) {
      // It has gone while it waited, and will not say so again.
      if (connection.destroyed) return;
      connection.on("error", () => connection.destroy());
      addresses.set(connection, from);
      const cancel = timers.after(patience, () => connection.destroy());
      cancels.set(connection, cancel);
      connection.once("close", () => {
        cancel();
        cancels.delete(connection);
        addresses.delete(connection);
      });
      server.emit("connection", connection);
    },
    [Symbol.dispose]() {
      for (const connection of addresses.keys()) connection.destroy();
    },
  };
}

/** Not an `import`, which reads every export of `node:http` and so loads its WebSocket and all that is behind it. */
const { createServer } = process.getBuiltinModule("node:http");

function write(response: ServerResponse, { status, type, text, headers = {} }: Answer): void {
  // An idle connection would hold a place for nothing.
  response.shouldKeepAlive = false;
  response.writeHead(status, {
    ...headers,
    ...(text !== "" && { "Content-Type": type }),
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}

/** `undefined` where it is too long. */
async function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  let body = "";
  for await (const part of incoming.setEncoding("utf8")) {
    body += part;
    if (body.length > largestBody) return undefined;
  }
  return body;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
