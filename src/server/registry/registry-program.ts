import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { ConfigError } from "../config-error.ts";
import { type RegistryClient, registryClient } from "./registry-client.ts";

/** The names of the CNCF Distribution registry: Debian's, and its own. */
const programs = ["docker-registry", "registry"];

/** Milliseconds: until it answers, until it is ended the hard way, and until one that ended is started again. */
const patience = { start: 20_000, stop: 5_000, restart: 1_000 };

/** What a file system can hold of a socket's path. */
const longestSocketPath = 100;

export interface RegistryProgram extends AsyncDisposable {
  readonly send: RegistryClient["send"];
}

export interface RegistryProgramOptions {
  /** Where it keeps everything; made if it is not there. */
  readonly directory: string;
  readonly path: string | undefined;
  readonly log: Log;
}

/**
 * Runs the registry program and resolves once it answers. It listens on a socket that only this user can open, so that nobody gets
 * past this server's permissions. It ends with this process, however that ends, and is started again where it ends by itself.
 * Throws `ConfigError` if it is not installed.
 */
export async function startRegistryProgram({ directory, path, log }: RegistryProgramOptions): Promise<RegistryProgram> {
  const program = findProgram(path);
  await using starting = new AsyncDisposableStack();
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const socketFolder = folderOfSocket(directory);
  if (socketFolder !== directory) starting.defer(() => rmSync(socketFolder, { recursive: true, force: true }));
  const socket = join(socketFolder, "registry.sock");
  const configuration = join(directory, "config.json");
  // JSON is YAML.
  const secret = secretIn(configuration) ?? randomBytes(32).toString("hex");
  writeFileSync(configuration, JSON.stringify(configurationOf(directory, socket, secret)), { mode: 0o600 });
  const client = starting.use(registryClient(socket));
  let stopping = false;
  let running: Running | undefined;

  /** Of layers that no image needs any more. Nothing may be pushed meanwhile. */
  async function collectGarbage(): Promise<void> {
    await ended(spawn(program, ["garbage-collect", configuration], { stdio: "ignore" }));
    removeRemains(join(directory, "docker", "registry", "v2", "repositories"));
  }

  async function start(): Promise<void> {
    rmSync(socket, { force: true });
    const one = run(program, ["serve", configuration]);
    running = one;
    void one.ended.then(async () => {
      if (stopping) return;
      log.error({ output: one.output() }, "The image registry ended; it is started again");
      await delay(patience.restart);
      if (!stopping) await start().catch((error) => log.error({ err: error }, "Cannot start the image registry"));
    });
    await answers(client, one);
  }

  starting.defer(async () => {
    stopping = true;
    await running?.end();
  });
  await collectGarbage();
  await start();
  const owned = starting.move();
  return { send: client.send, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function findProgram(path = ""): string {
  for (const name of programs) {
    for (const folder of path.split(delimiter)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        if (folder !== "") return file;
      } catch {
        // The next folder may have it.
      }
    }
  }
  throw new ConfigError(
    "Cannot use --registry: docker-registry is not on the PATH; install it (Debian and Ubuntu: apt-get install docker-registry; others: the program registry of https://github.com/distribution/distribution)",
  );
}

/** The data directory's own path may be too long for a socket. */
function folderOfSocket(directory: string): string {
  return directory.length + 14 <= longestSocketPath ? directory : mkdtempSync(join(tmpdir(), "sealift-registry-"));
}

/** What the registry leaves of uploads that were dropped: it purges by the time of a file that is gone. */
function removeRemains(repositories: string): void {
  if (!existsSync(repositories)) return;
  for (const repository of readdirSync(repositories)) {
    const uploads = join(repositories, repository, "_uploads");
    if (!existsSync(uploads)) continue;
    for (const upload of readdirSync(uploads)) {
      const folder = join(uploads, upload);
      if (!existsSync(join(folder, "startedat"))) rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** With the same secret, the registry goes on with uploads that began before it was started. */
function secretIn(configuration: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(configuration, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const { secret } = JSON.parse(text).http;
    return typeof secret === "string" && secret !== "" ? secret : undefined;
  } catch {
    // It was half written when the machine lost its power.
    return undefined;
  }
}

/** https://distribution.github.io/distribution/about/configuration/ */
function configurationOf(directory: string, socket: string, secret: string) {
  return {
    version: 0.1,
    log: { accesslog: { disabled: true }, level: "error" },
    storage: {
      filesystem: { rootdirectory: directory },
      delete: { enabled: true },
      maintenance: { uploadpurging: { enabled: true, age: "24h", interval: "6h", dryrun: false } },
    },
    http: { net: "unix", addr: socket, secret, relativeurls: true },
  };
}

interface Running {
  readonly ended: Promise<void>;
  /** The end of what it wrote. */
  output(): string;
  end(): Promise<void>;
}

function run(program: string, args: readonly string[]): Running {
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], env: {} });
  let output = "";
  child.stderr?.on("data", (piece: Buffer) => (output = (output + String(piece)).slice(-2_000)));
  // The pipe to it closes when this process ends, whatever ends it.
  const script = 'while read -r _; do :; done; kill -9 "$0"';
  const watcher = spawn("/bin/sh", ["-c", script, String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watcher.on("error", () => {});
  watcher.unref();
  const over = ended(child).then(
    () => void watcher.kill("SIGKILL"),
    (error: Error) => {
      output = error.message;
      watcher.kill("SIGKILL");
    },
  );
  return {
    ended: over,
    output: () => output,
    async end() {
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), patience.stop);
      await over;
      clearTimeout(hard);
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => resolve());
  });
}

async function answers(client: RegistryClient, program: Running): Promise<void> {
  let over = false;
  void program.ended.then(() => (over = true));
  for (const until = performance.now() + patience.start; performance.now() < until && !over; await delay(20)) {
    try {
      const { status, body } = await client.send({ method: "GET", path: "/v2/" });
      for await (const _ of body);
      if (status === 200) return;
    } catch {
      // It does not listen yet.
    }
  }
  throw new Error(`Cannot start the image registry: ${program.output() || "it does not answer"}`);
}
