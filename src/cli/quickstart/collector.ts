import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A line of a container's output, as its log driver delivered it. */
export interface CollectedLine {
  readonly line: string;
  /** The `Authorization` header that it came with. */
  readonly authorization: string;
}

/** A Splunk HTTP Event Collector in miniature, which the task's log driver sends to. */
export interface Collector extends AsyncDisposable {
  readonly port: number;
  readonly lines: readonly CollectedLine[];
  /** Resolves to the first line, from the `after`th on, that `wanted` accepts; rejects after `timeout` milliseconds. */
  wait(wanted: (line: CollectedLine) => boolean, options: { after: number; timeout: number }): Promise<CollectedLine>;
}

export async function openCollector(host: string): Promise<Collector> {
  const lines: CollectedLine[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const authorization = request.headers.authorization ?? "";
      for (const line of readEvents(Buffer.concat(chunks).toString())) lines.push({ line, authorization });
      response.writeHead(200, { "content-type": "application/json" }).end('{"text":"Success","code":0}');
      for (const look of waiting) look();
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    lines,
    wait: (wanted, { after, timeout }) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error("The container's output did not arrive"));
        }, timeout);
        function look(): void {
          const found = lines.slice(after).find(wanted);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        }
        waiting.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The collector's body is JSON documents one after the other, without a separator. */
function readEvents(body: string): readonly string[] {
  // Without control characters, which `JSON.parse` refuses.
  return [...body.matchAll(/"line":("(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")/g)].map(
    ([, line = '""']): string => JSON.parse(line),
  );
}
