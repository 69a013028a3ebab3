import { join } from "node:path";
import type { Log } from "../../log.ts";
import type { Registry } from "../../services/ecr/index.ts";
import { startRegistryProgram } from "./registry-program.ts";

export interface OpenRegistryOptions {
  /** The data directory. */
  readonly data: string;
  /** The port at which Docker reaches it; the server's own unless given. */
  readonly port: number | undefined;
  /** The operator's address of this installation. */
  readonly publicUrl: string | undefined;
  readonly scheme: "http" | "https";
  readonly log: Log;
}

/** Starts the registry of this installation; its images are kept in the data directory. */
export async function openRegistry({
  data,
  port,
  publicUrl,
  scheme,
  log,
}: OpenRegistryOptions): Promise<Registry & AsyncDisposable> {
  const program = await startRegistryProgram({ directory: join(data, "registry"), path: process.env.PATH, log });
  return {
    send: program.send,
    endpoint(host) {
      if (port !== undefined) return `${scheme}://${host.replace(/:\d+$/, "")}:${port}`;
      return publicUrl ?? `${scheme}://${host}`;
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
