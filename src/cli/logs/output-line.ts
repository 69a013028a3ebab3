/** A line of a container's output. */
export interface OutputLine {
  /** Id of the task. */
  readonly task: string;
  readonly container: string;
  /** RFC 3339 in UTC, to the nanosecond where it is known. */
  readonly time: string;
  /** Where it is known: CloudWatch Logs does not tell them apart. */
  readonly source?: "stdout" | "stderr";
  readonly message: string;
}

/** One container of one task, whose output is read. */
export interface OutputSource {
  readonly task: string;
  readonly container: string;
  /** In the order of their time. Rejects where they cannot be read. */
  lines(): AsyncIterable<OutputLine>;
}

/** Which lines are wanted. */
export interface LinesWanted {
  readonly follow: boolean;
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly masking: boolean;
  /** Ends the reading, without an error. */
  readonly signal: AbortSignal;
}
