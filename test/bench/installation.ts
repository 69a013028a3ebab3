import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { throwAwayData } from "../support/throw-away.ts";
import { type Child, startChild } from "./child.ts";

/** A Sealift of its own, as a process, on a throw-away data directory. */
export interface Installation extends AsyncDisposable {
  readonly server: Child;
  /** For an SDK client. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

export async function install(flags: readonly string[]): Promise<Installation> {
  const data = await throwAwayData();
  const main = join(import.meta.dirname, "../../src/main.ts");
  const server = await startChild([main, "up", "--port", "0", "--data", data.path, ...flags]);
  const credentials = JSON.parse(await readFile(join(data.path, "root-access-key.json"), "utf8"));
  return {
    server,
    client: { endpoint: `http://127.0.0.1:${server.port}`, region: "us-east-1", credentials },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await data[Symbol.asyncDispose]();
    },
  };
}
