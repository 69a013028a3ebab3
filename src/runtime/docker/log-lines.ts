import type { LogLine } from "../logs.ts";
import { RuntimeError } from "../runtime-error.ts";
import { type Frame, frames } from "./frames.ts";

const newline = 0x0a;
const space = 0x20;

/** The lines of the Engine's answer to "logs" with time stamps. A container with a terminal has one output and no frames. */
export async function* logLines(stream: AsyncIterable<Buffer>, hasTerminal: boolean): AsyncGenerator<LogLine> {
  for await (const { source, data } of hasTerminal ? terminalFrames(stream) : frames(stream)) {
    if (source === "engine") throw new RuntimeError("CannotReadLogsError", data.toString().trim());
    const line = source === "stdin" ? undefined : lineOf(source, data);
    if (line) yield line;
  }
}

function lineOf(source: LogLine["source"], message: Buffer): LogLine | undefined {
  const end = message.indexOf(space);
  if (end < 0) return undefined;
  // Docker cuts long lines, and only their last part ends with a newline.
  const partial = message.at(-1) !== newline;
  const data = message.subarray(end + 1, partial ? message.length : -1);
  return { source, time: message.toString("latin1", 0, end), data, partial };
}

/** Without frames, each line begins with its time. */
async function* terminalFrames(stream: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
      yield { source: "stdout", data: rest.subarray(0, end + 1) };
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) yield { source: "stdout", data: rest };
}
