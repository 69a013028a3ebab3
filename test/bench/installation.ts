import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sourceProgram } from "../support/program.ts";
import { throwAwayData } from "../support/throw-away.ts";
import { type Child, startProgram } from "./child.ts";
import type { Target } from "./signed-request.ts";

/** A Sealift of its own, as a process, on a throw-away data directory. */
export interface Installation extends AsyncDisposable {
  readonly server: Child;
  /** Its data directory. */
  readonly data: string;
  readonly target: Target;
  /** Configuration for an SDK client. */
  readonly client: Pick<Target, "region" | "credentials"> & { readonly endpoint: string };
  /** Starts a new process on the same data. */
  restart(): Promise<void>;
}

export async function install(flags: readonly string[], program = sourceProgram): Promise<Installation> {
  const data = await throwAwayData();
  // As users start it, with the flags of its first line.
  const start = () => startProgram(program, ["up", "--port", "0", "--data", data.path, ...flags]);
  let server = await start();
  const credentials = JSON.parse(await readFile(join(data.path, "root-access-key.json"), "utf8"));
  const region = "us-east-1";
  return {
    data: data.path,
    get server() {
      return server;
    },
    get target() {
      return { port: server.port, region, credentials };
    },
    get client() {
      return { endpoint: `http://127.0.0.1:${server.port}`, region, credentials };
    },
    async restart() {
      await server[Symbol.asyncDispose]();
      server = await start();
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await data[Symbol.asyncDispose]();
    },
  };
}
