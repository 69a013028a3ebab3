import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { until } from "./until.ts";

/** One line of a container's output. */
export interface SplunkEvent {
  readonly line: string;
  /** The `Authorization` header that it came with. */
  readonly authorization: string;
}

/** Splunk's HTTP Event Collector, as far as Docker's log driver uses it. */
export interface SplunkCollector extends AsyncDisposable {
  readonly url: string;
  readonly events: readonly SplunkEvent[];
  /** Resolves to the event with this line, from the `after`th on. */
  wait(line: string, after?: number): Promise<SplunkEvent>;
}

/** Listens on a free port of this machine. */
export async function openSplunkCollector(): Promise<SplunkCollector> {
  const events: SplunkEvent[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const text = (request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString();
    for (const line of linesOf(text)) events.push({ line, authorization: request.headers.authorization ?? "" });
    response.writeHead(200, { "content-type": "application/json" }).end('{"text":"Success","code":0}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    wait: (line, after = 0) =>
      until("a line of output reaches the collector", () => events.slice(after).find((event) => event.line === line), {
        detail: () => `it has ${events.length} lines`,
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The body is JSON documents one after the other, without a separator. */
function linesOf(body: string): readonly string[] {
  return [...body.matchAll(/"line":("(?:[^"\\]|\\.)*")/g)].map((match) => JSON.parse(match[1]!) as string);
}
