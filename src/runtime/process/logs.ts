import { setTimeout as delay } from "node:timers/promises";
import { defined } from "../../defined.ts";
import type { LogLine, LogReadOptions, Logs } from "../logs.ts";
import { RuntimeError } from "../runtime-error.ts";
import { openJsonFileReader } from "./log/json-file-reader.ts";

/** A container whose log may be read. */
export interface Logged {
  /** Absent where the log driver keeps no file. */
  readonly path?: string;
  readonly isRunning: boolean;
}

/** Milliseconds between two looks at a file that is followed. */
const pause = 100;

/** Reads what the json-file driver wrote. `find` answers `undefined` if there is no such container. */
export function processLogs(find: (id: string) => Logged | undefined): Logs {
  return {
    async *read(id, options = {}) {
      const { follow = false, since, tail, signal } = options;
      const found = find(id);
      if (!found) throw new RuntimeError("CannotReadLogsError", `No such container: ${id}`);
      const { path } = found;
      if (path === undefined) {
        throw new RuntimeError("CannotReadLogsError", "configured logging driver does not support reading");
      }
      await using reader = openJsonFileReader(path);
      const isRunning = () => follow && find(id)?.isRunning === true;
      // Asked before the files are read: all lines are in them when a container has ended.
      let goesOn = isRunning();
      yield* latest(from(reader.lines(), since), tail);
      while (goesOn && !signal?.aborted) {
        await delay(pause, undefined, defined({ signal })).catch(() => {});
        goesOn = isRunning();
        if (!signal?.aborted) yield* reader.lines();
      }
    },
  };
}

async function* from(lines: AsyncIterable<LogLine>, since: LogReadOptions["since"]): AsyncGenerator<LogLine> {
  const earliest = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
  for await (const line of lines) if (Date.parse(line.time) >= earliest) yield line;
}

/** The last `count` of the lines, or all. */
async function* latest(lines: AsyncIterable<LogLine>, count: number | undefined): AsyncGenerator<LogLine> {
  if (count === undefined) return yield* lines;
  let kept: LogLine[] = [];
  for await (const line of lines) {
    kept.push(line);
    if (kept.length >= 2 * count) kept = count === 0 ? [] : kept.slice(-count);
  }
  yield* count === 0 ? [] : kept.slice(-count);
}
