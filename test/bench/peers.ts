import { execFile } from "node:child_process";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Child, startProgram } from "./child.ts";
import type { Target } from "./signed-request.ts";

const run = promisify(execFile);

/** Another program that answers the same APIs, from PyPI. */
export interface Peer {
  readonly name: string;
  /** Its package and version, such as `moto 5.1.0`; `undefined` where it is not installed. */
  version(): Promise<string | undefined>;
  start(): Promise<Child & { readonly target: Target }>;
}

/**
 * A Python environment with the peers. Whoever wants them in the figures makes one:
 * `python3 -m venv peers && peers/bin/pip install 'moto[server]' ministack`, and names it in SEALIFT_BENCH_PEERS.
 */
const folder = process.env.SEALIFT_BENCH_PEERS;

export const peers: readonly Peer[] = [
  peer("moto", async () => startProgram(program("moto_server"), ["-H", "127.0.0.1", "-p", "0"])),
  peer("ministack", async () => {
    const variables = { GATEWAY_PORT: String(await freePort()), BIND_HOST: "127.0.0.1" };
    return startProgram("/usr/bin/env", [
      ...Object.entries(variables).map((pair) => pair.join("=")),
      program("ministack"),
    ]);
  }),
];

function peer(name: string, start: () => Promise<Child>): Peer {
  return {
    name,
    async version() {
      if (folder === undefined) return undefined;
      const found = await run(program("pip"), ["show", name]).catch(() => undefined);
      const [, version] = /^Version: (\S+)$/m.exec(found?.stdout ?? "") ?? [];
      return version === undefined ? undefined : `${name} ${version}`;
    },
    async start() {
      const server = await start();
      const credentials = { accessKeyId: "test", secretAccessKey: "test" };
      return { ...server, target: { port: server.port, region: "us-east-1", credentials } };
    },
  };
}

function program(name: string): string {
  return join(folder ?? "", "bin", name);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
