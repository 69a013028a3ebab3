import { defined } from "../../defined.ts";
import type { LogLine, LogReadOptions, Logs } from "../logs.ts";
import type { Engine } from "./engine.ts";
import { named, namedEach } from "./engine-error.ts";
import { logLines } from "./log-lines.ts";
import { openStream } from "./stream.ts";

const failure = "CannotReadLogsError";

/** The logs that the Engine keeps; it refuses, by itself, where the log driver keeps none. */
export function dockerLogs({ connect }: Engine): Logs {
  async function open(id: string, { follow = false, since, tail, signal }: LogReadOptions) {
    const docker = await connect();
    const { Config } = await docker.getContainer(id).inspect();
    const query = {
      ...{ stdout: true, stderr: true, timestamps: true, follow, tail: tail ?? "all" },
      ...defined({ since: since && unixTime(since) }),
    };
    return { stream: await openStream(docker, `/containers/${id}/logs`, query, signal), hasTerminal: Config.Tty };
  }

  async function* read(id: string, options: LogReadOptions = {}): AsyncGenerator<LogLine> {
    const { signal } = options;
    try {
      const { stream, hasTerminal } = await named(failure, () => open(id, options));
      yield* namedEach(failure, logLines(stream, hasTerminal));
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  }

  return { read };
}

/** Seconds since 1970 with nine decimals, as the Engine wants it. */
function unixTime(time: string): string {
  const fraction = /\.(\d{1,9})/.exec(time)?.[1] ?? "";
  const seconds = Math.floor(Date.parse(time.replace(/\.\d+/, "")) / 1000);
  return `${seconds}.${fraction.padEnd(9, "0")}`;
}
