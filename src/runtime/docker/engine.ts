import { access, constants } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type Dockerode from "dockerode";

export interface EngineAddress {
  /** Path of the Engine's socket. Without it `DOCKER_HOST` and Docker's own defaults say where the Engine is. */
  readonly socketPath?: string;
}

/** What the parts of the adapter share. */
export interface Engine {
  connect(): Promise<Dockerode>;
  /** Marks what belongs to this runtime. */
  readonly prefix: string;
}

/** Milliseconds that an Engine has to answer a ping. */
const patience = 900;

/** A client of the Engine; none is contacted yet. The client library takes longer to load than all of Sealift, so: only now. */
export async function connectDocker(address: EngineAddress = {}): Promise<Dockerode> {
  const { default: Client } = await import("dockerode");
  return new Client(address.socketPath === undefined ? {} : { socketPath: address.socketPath });
}

/** The Engine that `DOCKER_HOST` or Docker's default socket leads to, if one answers; knows within a second. */
export async function findDocker(address: EngineAddress = {}): Promise<Dockerode | undefined> {
  if (!(await mayAnswer(address))) return undefined;
  try {
    const docker = await connectDocker(address);
    await ping(docker, AbortSignal.timeout(patience));
    return docker;
  } catch {
    return undefined; // whatever the reason, there is no Engine to use
  }
}

/** The client's types lack the option that its code has. */
function ping(docker: Dockerode, abortSignal: AbortSignal): Promise<unknown> {
  return (docker.ping as (options: object) => Promise<unknown>).call(docker, { abortSignal });
}

/** Spares the loading of the client library where there is no socket. */
async function mayAnswer({ socketPath }: EngineAddress): Promise<boolean> {
  const host = process.env.DOCKER_HOST;
  if (socketPath !== undefined) return isThere(socketPath);
  if (host?.startsWith("unix://")) return isThere(host.slice("unix://".length));
  if (host || process.platform === "win32") return true;
  return (await isThere("/var/run/docker.sock")) || isThere(join(homedir(), ".docker/run/docker.sock"));
}

function isThere(path: string): Promise<boolean> {
  return access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
}
