import { PassThrough, Readable } from "node:stream";
import type { LogsWanted } from "../../acs/protocol.ts";
import { pause, type Timers } from "../../concurrency/timers.ts";
import { defined } from "../../defined.ts";
import { type LineMasker, type Masker, withMasks } from "../../masking/index.ts";
import type { Exec } from "../../runtime/exec.ts";
import type { LogLine, Logs } from "../../runtime/logs.ts";

export interface LogProgramOptions {
  readonly logs: Logs;
  readonly masker: Masker | "none";
  readonly wanted: LogsWanted;
  readonly timers: Timers;
}

/** Milliseconds for which the end of a line that may be the beginning of a value waits for the next line. */
const patience = 500;

/** Reads the output of a container as a program would that a client runs in it: what it prints is in `ReadLogsMessage`. */
export function logProgram(options: LogProgramOptions): Exec {
  return {
    async start(id) {
      const stopping = new AbortController();
      const stdout = Readable.from(output(options, id, stopping.signal), {
        objectMode: false,
        highWaterMark: 64 * 1024,
      });
      const ended = new Promise<number>((resolve) => {
        stdout.once("close", () => resolve(stdout.readableEnded ? 0 : 1));
      });
      return {
        stdin: new PassThrough().resume(),
        stdout,
        stderr: Readable.from([]),
        exitCode: ended,
        async resize() {},
        async [Symbol.asyncDispose]() {
          stopping.abort();
          stdout.destroy();
        },
      };
    },
    async endMarked() {},
  };
}

async function* output(
  { logs, masker, wanted, timers }: LogProgramOptions,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { follow, since } = wanted;
  const lines = logs.read(id, { follow, signal, ...defined({ since }) });
  try {
    if (masker === "none") {
      for await (const line of lines) yield printed(line, line.data);
    } else yield* masked(lines, masker, timers, signal);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!signal.aborted) yield `${JSON.stringify({ problem: message })}\n`;
  }
}

async function* masked(
  lines: AsyncIterable<LogLine>,
  masker: Masker,
  timers: Timers,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const outputs: Readonly<Record<LogLine["source"], LineMasker<LogLine>>> = {
    stdout: masker.lines(),
    stderr: masker.lines(),
  };
  const show = (settled: ReturnType<LineMasker<LogLine>["flush"]>) =>
    settled.map(({ item, data, spans }) => printed(item, withMasks(data, spans)));
  const all = () => [outputs.stdout, outputs.stderr];
  const reading = lines[Symbol.asyncIterator]();
  try {
    for (let next = reading.next(); ; ) {
      const waits = all().some(({ isWaiting }) => isWaiting);
      const result = waits ? await within(next, timers, signal) : await next;
      if (!result) {
        yield* all().flatMap((one) => show(one.flush("pause")));
        continue;
      }
      if (result.done) break;
      const line = result.value;
      yield* show(outputs[line.source].push(line, line.data, line.partial));
      next = reading.next();
    }
    yield* all().flatMap((one) => show(one.flush("end")));
  } finally {
    await reading.return?.();
  }
}

/** `undefined` where it takes longer than a line should wait. */
async function within<T>(work: Promise<T>, timers: Timers, signal: AbortSignal): Promise<T | undefined> {
  const over = new AbortController();
  const late = pause(timers, patience, AbortSignal.any([over.signal, signal])).then(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

function printed({ time, source, partial }: LogLine, data: Buffer): string {
  return `${JSON.stringify({ time, source, message: data.toString(), ...(partial && { partial }) })}\n`;
}
