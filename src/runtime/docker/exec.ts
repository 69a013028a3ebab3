import { once } from "node:events";
import type { Socket } from "node:net";
import { PassThrough, Writable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type Dockerode from "dockerode";
import { defined } from "../../defined.ts";
import { checkEnvironment } from "../environment.ts";
import type { Exec, ExecSession, ExecSpec } from "../exec.ts";
import { endMarked } from "./end-marked.ts";
import type { Engine } from "./engine.ts";
import { isConflict, isMissing, named } from "./engine-error.ts";
import { type Frame, frames } from "./frames.ts";

/** Milliseconds between two looks whether a program whose output has ended has ended itself. */
const firstPause = 10;
const longestPause = 500;

export function dockerExec({ connect }: Engine): Exec {
  return {
    start: (id, spec) =>
      named("CannotStartContainerExecError", async () => {
        if (spec.environment) checkEnvironment(spec.environment);
        const exec = await (await connect()).getContainer(id).exec(execOptions(spec));
        const hasTerminal = spec.terminal !== undefined;
        // The answer to "start" is the bare connection.
        const options = { hijack: true, stdin: spec.stdin ?? false, Tty: hasTerminal };
        const session = openSession(exec, (await exec.start(options)) as unknown as Socket, spec);
        if (spec.terminal) await session.resize(spec.terminal);
        return session;
      }),
    endMarked: (id, mark) =>
      named("CannotStopContainerExecError", async () => endMarked((await connect()).getContainer(id), mark)),
  };
}

function execOptions({ command, terminal, stdin = false, environment, user, workingDirectory }: ExecSpec) {
  return {
    Cmd: [...command],
    ...{ AttachStdin: stdin, AttachStdout: true, AttachStderr: true, Tty: terminal !== undefined },
    Env: Object.entries(environment ?? {}).map(([name, value]) => `${name}=${value}`),
    ...defined({ User: user, WorkingDir: workingDirectory }),
  };
}

function openSession(exec: Dockerode.Exec, socket: Socket, { terminal, stdin }: ExecSpec): ExecSession {
  const outputs = { stdout: new PassThrough(), stderr: new PassThrough() };
  const closed = new AbortController();
  const pieces = terminal ? terminalFrames(socket) : frames(socket);
  const exitCode = named("CannotInspectContainerExecError", async () => {
    await copy(pieces, outputs, closed.signal);
    return exitCodeOf(exec, closed.signal);
  });
  exitCode.catch(() => {}); // whoever asks for it gets the error
  socket.on("error", () => {}); // as above, or the writer of the input does

  return {
    stdin: stdin ? socket : new Writable({ write: (_chunk, _encoding, done) => done() }),
    ...outputs,
    exitCode,
    async resize({ columns, rows }) {
      if (!terminal) return;
      await named("CannotResizeContainerExecError", async () => {
        try {
          await exec.resize({ h: rows, w: columns });
        } catch (error) {
          // The Engine has several answers for a program that has ended.
          if (isMissing(error) || isConflict(error) || !(await exec.inspect()).Running) return;
          throw error;
        }
      });
    },
    async [Symbol.asyncDispose]() {
      closed.abort();
      socket.destroy();
    },
  };
}

/** Hands the outputs on at the reader's pace. */
async function copy(
  pieces: AsyncIterable<Frame>,
  outputs: { readonly stdout: PassThrough; readonly stderr: PassThrough },
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const { source, data } of pieces) {
      const output = source === "stderr" ? outputs.stderr : outputs.stdout;
      if (!output.write(data)) await once(output, "drain", { signal });
    }
  } finally {
    outputs.stdout.end();
    outputs.stderr.end();
  }
}

async function exitCodeOf(exec: Dockerode.Exec, signal: AbortSignal): Promise<number> {
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    const { Running: isRunning, ExitCode: code } = await exec.inspect();
    if (!isRunning && code !== null) return code;
    await delay(pause, undefined, { signal });
  }
}

async function* terminalFrames(stream: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  for await (const data of stream) yield { source: "stdout", data };
}
