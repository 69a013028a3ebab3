import { connect } from "node:net";
import { text } from "node:stream/consumers";
import type { WireRequest, WireResponse } from "../../wire/protocol.ts";
import { type ApiMountOptions, apiMount } from "./api-mount.ts";
import { type HttpOptions, serveHttp } from "./http.ts";
import type { Mount } from "./mounts.ts";

export const ok: WireResponse = { status: 200, headers: { "content-type": "text/plain" }, body: "é" };

/** A server that records the requests that arrive. */
export async function fixture({
  mounts = [],
  api,
  ...overrides
}: Partial<HttpOptions> & { readonly api?: Partial<ApiMountOptions> } = {}) {
  const seen: WireRequest[] = [];
  const upgraded: WireRequest[] = [];
  const http = await serveHttp({
    host: "127.0.0.1",
    port: 0,
    mounts: [
      {
        ...{ prefix: "/health", largestBody: 0, patience: 1_000 },
        handle: async () => ({ ...ok, body: Buffer.from("{}") }),
      },
      ...mounts,
      apiMount({
        async dispatch(request) {
          seen.push(request);
          return ok;
        },
        isKnown: async () => true,
        ...api,
      }),
    ],
    async upgrade(request, _incoming, socket) {
      upgraded.push(request);
      socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    },
    ...overrides,
  });
  const port = Number(new URL(http.endpoint).port);
  return { ...http, seen, upgraded, port, [Symbol.asyncDispose]: http[Symbol.asyncDispose] };
}

/** Sends bytes as they are. Resolves to everything that the server sends until it closes. */
export async function raw(port: number, ...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  for (const part of parts) socket.write(part);
  try {
    return await text(socket);
  } catch {
    return "";
  }
}

export const closing = "host: a\r\nconnection: close\r\n";

export function statuses(answer: string): readonly string[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => match[1]!);
}

/** A mount that streams: it answers with what it reads, piece by piece. */
export function echo(overrides: Partial<Mount> = {}): Mount {
  return {
    ...{ prefix: "/echo/", largestBody: 1_000_000_000, patience: 1_000 },
    handle: async ({ body }) => ({ status: 200, headers: {}, body }),
    ...overrides,
  };
}
