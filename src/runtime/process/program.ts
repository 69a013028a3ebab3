import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { ContainerSpec } from "../containers.ts";
import { RuntimeError } from "../runtime-error.ts";
import { commandOf, directoryLabel, exitCodeOf } from "./command.ts";
import { lineCutter } from "./lines.ts";
import type { LogSink } from "./log-sink.ts";
import { processStart, signalGroup } from "./operating-system.ts";

export interface Program {
  /** Process id, and process group. */
  readonly pid: number;
  /** See `processStart`. */
  readonly start: string | undefined;
  /** The exit code, once no process of the group is left and all output has been read. */
  readonly ended: Promise<number>;
}

/** Milliseconds that output may lag behind the end of the program: a daemon that left the group may hold the pipe open. */
const outputPatience = 1000;

/**
 * Runs the container's program in a process group of its own, with its own environment and nothing of ours but PATH and HOME.
 * `started` is called before anything else can happen. Rejects with `CannotStartContainerError`.
 */
export async function runProgram(
  spec: ContainerSpec,
  directory: string,
  log: LogSink,
  started: (program: Omit<Program, "ended">) => void,
  warn: (message: string) => void,
): Promise<Program> {
  const [file, ...parameters] = commandOf(spec);
  const child = await launch(file, parameters, directory, environmentOf(spec));
  const program = { pid: child.pid!, start: processStart(child.pid!) };
  started(program);
  return { ...program, ended: ending(child, spec, log, warn) };
}

/** The label's directory or else the image's; the latter only if this machine happens to have it. */
export function directoryOf(spec: ContainerSpec): string | undefined {
  const label = spec.labels[directoryLabel];
  if (label !== undefined && !isDirectory(label)) {
    throw new RuntimeError(
      "CannotCreateContainerError",
      `docker label "${directoryLabel}": there is no directory "${label}"`,
    );
  }
  const image = spec.config?.WorkingDir;
  return label ?? (typeof image === "string" && image !== "" && isDirectory(image) ? image : undefined);
}

/** Makes the directory in which a program runs that asked for none. */
export async function ownDirectory(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  return path;
}

async function launch(
  file: string,
  parameters: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<ChildProcess> {
  try {
    // `spawn` itself throws for some failures and emits others; both lead here.
    const child = spawn(file, parameters, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    if (child.pid === undefined) await once(child, "spawn");
    return child;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "executable file not found in $PATH" : (code ?? message);
    throw new RuntimeError("CannotStartContainerError", `exec: "${file}": ${reason}`);
  }
}

function environmentOf({ environment }: ContainerSpec): NodeJS.ProcessEnv {
  const PATH = process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin";
  // Node hands its coverage variable on unless it finds one.
  return { NODE_V8_COVERAGE: undefined, PATH, HOME: homedir(), ...environment };
}

async function ending(
  child: ChildProcess,
  spec: ContainerSpec,
  log: LogSink,
  warn: (message: string) => void,
): Promise<number> {
  const output = Promise.all([copy(child.stdout!, "stdout"), copy(child.stderr!, "stderr")]);
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  // As with a container, nothing survives the first process.
  signalGroup(child.pid!, "SIGKILL");
  const patience = new AbortController();
  await Promise.race([output, delay(outputPatience, undefined, patience).catch(() => {})]);
  patience.abort();
  child.stdout?.destroy();
  child.stderr?.destroy();
  await output;
  return exitCodeOf(code, signal);

  async function copy(stream: Readable, source: "stdout" | "stderr"): Promise<void> {
    const cutter = lineCutter();
    let failed = false;
    const write = (lines: ReturnType<typeof cutter.end>) =>
      log.write(source, lines).catch((error: Error) => {
        if (!failed) warn(`could not write the log of container "${spec.name}": ${error.message}`);
        failed = true; // the program must not stand still because of its log
      });
    try {
      for await (const chunk of stream) await write(cutter.push(chunk));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== "ERR_STREAM_PREMATURE_CLOSE") warn(`lost output of container "${spec.name}": ${message}`);
    }
    await write(cutter.end());
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
