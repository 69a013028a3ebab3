import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { homedir } from "node:os";
import type { Readable } from "node:stream";
import { atMost } from "../../../concurrency/at-most.ts";
import { codeOf, messageOf } from "../../caught.ts";
import type { ContainerSpec } from "../../containers.ts";
import { RuntimeError } from "../../runtime-error.ts";
import { commandOf, exitCodeOf } from "../command.ts";
import { type Line, lineCutter } from "../log/lines.ts";
import type { LogSink } from "../log/log-sink.ts";
import { endProcesses } from "../system/end-processes.ts";
import { containerMark } from "../system/mark.ts";

export interface ProgramOptions {
  /** The container's id. */
  readonly id: string;
  readonly spec: ContainerSpec;
  /** Where the program runs. */
  readonly directory: string;
  readonly log: LogSink;
  /** Called with the process id, which is also the process group's, before anything else can happen. */
  readonly started: (pid: number) => void;
  readonly warn: (message: string) => void;
}

export interface Program {
  readonly pid: number;
  /** The exit code, once no process of the container is left and all output has been read. */
  readonly ended: Promise<number>;
}

/** Milliseconds that output may lag behind the end of the program: a process of another user may hold the pipe open. */
const outputPatience = 1000;

/**
 * Runs the container's program in a session and process group of its own, with its own environment and nothing of Sealift's but
 * PATH, HOME and the mark. Rejects with `CannotStartContainerError`.
 */
export async function runProgram(options: ProgramOptions): Promise<Program> {
  const { id, spec, directory } = options;
  const [file, ...parameters] = commandOf(spec);
  const child = await launch(file, parameters, directory, environmentOf(id, spec));
  const { pid } = child;
  try {
    options.started(pid);
  } catch (error) {
    await endProcesses(containerMark(id), pid);
    throw error;
  }
  return { pid, ended: ending(child, options) };
}

/** The environment of every process of the container. */
export function environmentOf(id: string, { environment }: ContainerSpec): NodeJS.ProcessEnv {
  const PATH = process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin";
  // Node hands its coverage variable on unless it finds one.
  const mark = containerMark(id);
  return { NODE_V8_COVERAGE: undefined, PATH, HOME: homedir(), ...environment, [mark.name]: mark.value };
}

interface Launched {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<number>;
}

async function launch(
  file: string,
  parameters: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Launched> {
  try {
    // `spawn` itself throws for some failures and emits others; both lead here.
    const child = spawn(file, parameters, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const { pid, stdout, stderr } = child;
    if (pid !== undefined) return { pid, stdout, stderr, exited: exitOf(child) };
    await once(child, "spawn");
    throw new Error("it has no process id");
  } catch (error) {
    const code = codeOf(error);
    const reason = code === "ENOENT" ? "executable file not found in $PATH" : (code ?? messageOf(error));
    throw new RuntimeError("CannotStartContainerError", `exec: "${file}": ${reason}`);
  }
}

async function exitOf(child: ChildProcess): Promise<number> {
  const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  return exitCodeOf(code, signal);
}

async function ending(
  { pid, stdout, stderr, exited }: Launched,
  { id, spec, log, warn }: ProgramOptions,
): Promise<number> {
  const output = Promise.all([copy(stdout, "stdout"), copy(stderr, "stderr")]);
  const exitCode = await exited;
  // As with a container, nothing survives the first process.
  const left = await endProcesses(containerMark(id), pid);
  if (left.length > 0) warn(`could not kill processes of container "${spec.name}": ${left.join(", ")}`);
  await atMost(outputPatience, output);
  stdout.destroy();
  stderr.destroy();
  await output;
  return exitCode;

  async function copy(stream: Readable, source: "stdout" | "stderr"): Promise<void> {
    const cutter = lineCutter();
    let failed = false;
    const write = (lines: readonly Line[]) =>
      log.write(source, lines).catch((error) => {
        if (!failed) warn(`could not write the log of container "${spec.name}": ${messageOf(error)}`);
        failed = true; // the program must not stand still because of its log
      });
    try {
      for await (const chunk of stream) await write(cutter.push(chunk));
    } catch (error) {
      if (codeOf(error) !== "ERR_STREAM_PREMATURE_CLOSE") {
        warn(`lost output of container "${spec.name}": ${messageOf(error)}`);
      }
    }
    await write(cutter.end());
  }
}
