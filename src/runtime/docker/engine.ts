import { access, constants, readFile } from "node:fs/promises";
import type { Agent } from "node:http";
import { join } from "node:path";
import type Dockerode from "dockerode";
import { defined } from "../../defined.ts";
import { ignoreMissing } from "../caught.ts";
import { clientLibrary } from "./client-library.ts";

/** Where an Engine listens: on a socket or named pipe of this machine, or at a TCP address. */
export type EngineAddress = SocketAddress | TcpAddress;

export interface SocketAddress {
  /** Paths in order of preference; the first that exists is used. */
  readonly sockets: readonly string[];
}

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
  /** Directory of `ca.pem`, `cert.pem` and `key.pem`, as the docker CLI keeps them. Without it the connection is not encrypted. */
  readonly certificates?: string;
}

/** The connection that the parts of the adapter share. */
export interface Engine {
  connect(): Promise<Dockerode>;
  /** Marks what belongs to this runtime. */
  readonly prefix: string;
}

const usable = constants.R_OK | constants.W_OK;

/** Milliseconds for which a connection is kept for the next call, as Node's own agent does. */
const idleTimeout = 5_000;

/** Milliseconds that an Engine has to answer a ping. */
const patience = 900;

/** A client of the Engine, which is not contacted yet. The client library loads slowly, so it is loaded only now. */
export async function connectDocker(address: EngineAddress): Promise<Dockerode> {
  const Client = await clientLibrary();
  // The library takes every member that is not given from variables such as `DOCKER_HOST`.
  const none = { socketPath: undefined, host: undefined, port: undefined, timeout: undefined, pathPrefix: "/" };
  const agent = agentOf("node:http");
  const plain = { ...none, protocol: "http", agent, ca: undefined, cert: undefined, key: undefined } as const;
  if ("sockets" in address) return new Client({ ...plain, socketPath: await socketOf(address) });
  const { port, certificates } = address;
  const host = address.host.includes(":") ? `[${address.host}]` : address.host;
  if (certificates === undefined) return new Client({ ...plain, host: `http://${host}`, port });
  const secure = { ...(await tlsFrom(certificates)), protocol: "https", agent: agentOf("node:https") } as const;
  return new Client({ ...plain, ...secure, host: `https://${host}`, port });
}

/** The modules are not imported: see `serverOf` in `src/server/http/http.ts`. */
function agentOf(module: "node:http" | "node:https"): Agent {
  const { Agent } = process.getBuiltinModule(module);
  const agent = new Agent({ keepAlive: true, scheduling: "lifo", timeout: idleTimeout });
  // The client library writes all that belongs to a request as text, to any depth, for a log that nobody has turned on.
  return Object.assign(agent, { [Symbol.for("nodejs.util.inspect.custom")]: () => module });
}

/** Fails the calls that are under way, which would keep this process running; the Engine ends what it began. */
export function giveUpCalls({ modem }: Dockerode): void {
  const { agent } = modem as { agent?: Agent };
  agent?.destroy();
}

/** The Engine at `address`, if one answers within a second. */
export async function findDocker(address: EngineAddress): Promise<Dockerode | undefined> {
  // Spares the loading of the client library.
  if ("sockets" in address && (await existing(address)) === undefined) return undefined;
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

/** Rejects where none exists: which one it will be is not known yet. */
async function socketOf(address: SocketAddress): Promise<string> {
  const path = (await existing(address)) ?? address.sockets[0] ?? "";
  await access(path, usable);
  return path;
}

async function existing({ sockets }: SocketAddress): Promise<string | undefined> {
  for (const path of sockets) if (await isUsable(path)) return path;
  return undefined;
}

function isUsable(path: string): Promise<boolean> {
  return access(path, usable).then(
    () => true,
    () => false,
  );
}

async function tlsFrom(directory: string): Promise<{ ca?: Buffer; cert?: Buffer; key?: Buffer }> {
  const read = (name: string) => readFile(join(directory, name)).catch(ignoreMissing);
  const [ca, cert, key] = await Promise.all(["ca.pem", "cert.pem", "key.pem"].map(read));
  return defined({ ca, cert, key });
}
