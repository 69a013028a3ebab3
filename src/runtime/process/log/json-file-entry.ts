import type { LogLine } from "../../logs.ts";
import type { Line } from "./lines.ts";
import type { LogSource } from "./log-sink.ts";

/** A line of a `json-file` log. */
export interface JsonFileEntry {
  /** Ends with a newline unless the line was cut. */
  readonly log: string;
  readonly stream: LogSource;
  /** RFC 3339. */
  readonly time: string;
}

export function entryText(source: LogSource, { text, partial }: Line, time: string): string {
  const entry: JsonFileEntry = { log: partial ? text : `${text}\n`, stream: source, time };
  return `${JSON.stringify(entry)}\n`;
}

export function lineOf({ log, stream, time }: JsonFileEntry): LogLine {
  const partial = !log.endsWith("\n");
  return { source: stream, time, data: Buffer.from(partial ? log : log.slice(0, -1)), partial };
}
