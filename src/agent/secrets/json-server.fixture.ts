import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly target: string;
  readonly authorization: string;
  readonly token: string;
  readonly body: unknown;
  /** When it was signed. */
  readonly date: number;
}

export type Answer = (response: ServerResponse, received: Received) => void;

/** A server that speaks AWS's JSON protocol, on a free port. */
export async function serve(answer: Answer) {
  const received: Received[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const header = (name: string) => String(request.headers[name] ?? "");
    const one = {
      target: header("x-amz-target"),
      authorization: header("authorization"),
      token: header("x-amz-security-token"),
      date: Date.parse(header("x-amz-date").replace(/^(....)(..)(.{5})(..)/, "$1-$2-$3:$4:")),
      body: JSON.parse(Buffer.concat(chunks).toString()),
    };
    received.push(one);
    answer(response, one);
  });
  let connections = 0;
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    received,
    connections: () => connections,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(status: number, body: unknown): Answer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return (response) => {
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "request-1" });
    response.end(text);
  };
}
