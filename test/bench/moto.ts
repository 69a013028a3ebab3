import { type Child, startProgram } from "./child.ts";
import type { Target } from "./signed-request.ts";

/** moto_server with everything in memory, and the target of requests to it. */
export interface Moto extends Child {
  readonly target: Target;
}

/** Starts moto_server; `undefined` where it is not installed. */
export async function startMoto(): Promise<Moto | undefined> {
  const server = await startProgram("moto_server", ["-H", "127.0.0.1", "-p", "0"]).catch(() => undefined);
  if (!server) {
    console.log("moto_server: skipped: not installed (pip install 'moto[server]')");
    return undefined;
  }
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { ...server, target: { port: server.port, region: "us-east-1", credentials } };
}
