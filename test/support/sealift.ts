import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { readAccessKey, readAddress } from "../../src/server/data-directory.ts";
import type { AwsAccess } from "./aws-cli.ts";
import { sealiftProgram } from "./program.ts";
import { type ThrowAwayDirectory, throwAwayData } from "./throw-away.ts";
import { until } from "./until.ts";

/** A `sealift` that runs until a signal stops it. Disposing of it sends SIGTERM and insists on exit code 0. */
export interface SealiftProcess extends AsyncDisposable {
  readonly pid: number;
  /** Its standard output so far. */
  stdout(): string;
  stderr(): string;
  /** Sends the signal and resolves to exit code or signal once it has ended. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  isRunning(): boolean;
}

/** A running `sealift up`, with the root access key. */
export interface Sealift extends SealiftProcess, AwsAccess {
  readonly data: string;
}

export interface UpOptions {
  readonly runtime: "docker" | "process";
  readonly flags?: readonly string[];
  /** A directory that outlives the process. Without it, the process has a throw-away one. */
  readonly data?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The program, unless it is the one that tests start. */
  readonly program?: string;
}

type Handle = Omit<SealiftProcess, typeof Symbol.asyncDispose>;

const startSeconds = 60;
const stopSeconds = 30;

/** Starts `sealift up` on a free port and resolves when it is ready. */
export async function startSealift(options: UpOptions): Promise<Sealift> {
  const own = options.data === undefined ? await throwAwayData() : undefined;
  const data = options.data ?? own!.path;
  try {
    const words = ["up", "--port", "0", "--data", data, "--runtime", options.runtime, ...(options.flags ?? [])];
    const { environment, program } = options;
    const started = await start(words, /^Sealift is ready on (https?:\S+)$/m, environment, "stdout", program);
    return { ...started.handle, data, ...accessOf(data), ...disposable(started.handle, own) };
  } catch (error) {
    await own?.[Symbol.asyncDispose]();
    throw error;
  }
}

/** Starts `sealift agent` as another machine of `cluster` and resolves to its container instance when it has joined. */
export async function startAgent(
  server: AwsAccess,
  options: {
    readonly cluster: string;
    readonly data: string;
    readonly runtime: "docker" | "process";
    /** The endpoints of all servers of the installation; that of `server` unless given. */
    readonly endpoints?: readonly string[];
    readonly flags?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  },
): Promise<SealiftProcess & { readonly containerInstanceArn: string }> {
  const { cluster, data, runtime } = options;
  const endpoints = (options.endpoints ?? [server.endpoint]).flatMap((endpoint) => ["--endpoint", endpoint]);
  const words = [
    "agent",
    "--cluster",
    cluster,
    ...endpoints,
    "--data",
    data,
    "--runtime",
    runtime,
    ...(options.flags ?? []),
  ];
  const started = await start(words, /is ready as (\S+)$/m, { ...keyOf(server), ...options.environment });
  return { ...started.handle, containerInstanceArn: started.match, ...disposable(started.handle) };
}

/** Starts `sealift agent` and resolves when it says that it waits for its Engine, which is not there yet. */
export async function startEarlyAgent(
  server: AwsAccess,
  { data, dockerHost }: { readonly data: string; readonly dockerHost: string },
): Promise<SealiftProcess> {
  const words = ["agent", "--cluster", "default", "--endpoint", server.endpoint, "--data", data, "--runtime", "docker"];
  const started = await start(words, /waits/, { ...keyOf(server), DOCKER_HOST: dockerHost }, "stderr");
  return { ...started.handle, ...disposable(started.handle) };
}

function keyOf({ credentials }: AwsAccess) {
  return { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
}

/** A `sealift audit` that has begun to follow the trail of a data directory. */
export async function followAudit(data: string, ...flags: readonly string[]): Promise<SealiftProcess> {
  const started = await start(["audit", "--data", data, ...flags], /^Following/m, {}, "stderr");
  return { ...started.handle, ...disposable(started.handle) };
}

/** Runs a `sealift` command that ends by itself. */
export async function runSealift(
  ...words: readonly string[]
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(sealiftProgram, words, { env: environment(), stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, stdout, stderr };
}

/** The server and its root access key, as `sealift env` finds them. */
function accessOf(data: string): AwsAccess {
  const [address, credentials] = [readAddress(data), readAccessKey(data)];
  assert.ok(address && credentials, `a Sealift has run in ${data}`);
  return { ...address, credentials };
}

async function start(
  words: readonly string[],
  ready: RegExp,
  additional: Readonly<Record<string, string>> = {},
  where: "stdout" | "stderr" = "stdout",
  program = sealiftProgram,
) {
  const child = spawn(program, words, {
    env: { ...environment(), ...additional },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output.stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (output.stderr += chunk));
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const ended = () => child.exitCode ?? child.signalCode ?? undefined;
  const handle: Handle = {
    pid: child.pid!,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    isRunning: () => ended() === undefined,
    async end(signal) {
      child.kill(signal);
      const impatient = setTimeout(() => child.kill("SIGKILL"), stopSeconds * 1000);
      await closed;
      clearTimeout(impatient);
      return ended()!;
    },
  };
  try {
    const match = await until(
      "sealift says that it is ready",
      () => {
        if (ended() !== undefined) throw new Error(`sealift ended with ${ended()}: ${output.stderr}`);
        const match = ready.exec(output[where]);
        return match ? (match[1] ?? match[0]) : undefined;
      },
      { seconds: startSeconds, detail: () => output.stderr },
    );
    return { handle, match };
  } catch (error) {
    await handle.end("SIGKILL");
    throw error;
  }
}

function disposable(handle: Handle, data?: ThrowAwayDirectory) {
  return {
    async [Symbol.asyncDispose]() {
      try {
        if (!handle.isRunning()) return;
        assert.equal(await handle.end("SIGTERM"), 0, `exit code after SIGTERM; ${handle.stderr()}`);
      } finally {
        await data?.[Symbol.asyncDispose]();
      }
    },
  };
}

/** This process's variables without those that would configure Sealift or an SDK. */
function environment(): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(([name]) => !/^(AWS|SEALIFT|NODE_TEST)_/.test(name));
  return Object.fromEntries(ours);
}
