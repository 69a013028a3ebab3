export interface Logs {
  /**
   * The container's output so far, oldest line first, and with `follow` what comes until the container ends. The reader sets
   * the pace: lines that it does not ask for wait at their source. The iteration rejects with `CannotReadLogsError`
   * where the container's log driver keeps nothing that can be read.
   */
  read(id: string, options?: LogReadOptions): AsyncIterable<LogLine>;
}

export interface LogReadOptions {
  readonly follow?: boolean;
  /** Only lines from this time on, inclusive; RFC 3339, as `LogLine.time`. */
  readonly since?: string;
  /** Only so many of the latest lines, before what `follow` adds. */
  readonly tail?: number;
  /** Ends the iteration without an error. */
  readonly signal?: AbortSignal;
}

export interface LogLine {
  readonly source: "stdout" | "stderr";
  /** RFC 3339 in UTC, to the nanosecond where the runtime knows it. */
  readonly time: string;
  /** The line without its newline. */
  readonly data: Buffer;
  /** True if the line goes on in the next one of the same source, if there is one: it was cut because of its length. */
  readonly partial: boolean;
}
