import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An empty container registry. The Engine trusts one on a loopback address without TLS. */
export async function openEmptyRegistry(): Promise<AsyncDisposable & { readonly host: string }> {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.setHeader("docker-distribution-api-version", "registry/2.0");
    if (request.url === "/v2/") return void response.writeHead(200).end("{}");
    const errors = [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown", detail: {} }];
    response.writeHead(404).end(JSON.stringify({ errors }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
