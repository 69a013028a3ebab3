/**
 * `error`: AWS refuses the definition, its tasks do not start, or lose their output. `warning`: it works, and probably not as it is meant to.
 * `unknown`: the check could not see enough to tell.
 */
export type Severity = "error" | "warning" | "unknown";

/** When it shows: at RegisterTaskDefinition, at RunTask, when a task starts, or while it runs. */
export type Moment = "register" | "run" | "start" | "later";

/** Something that a rule found. */
export interface Found {
  /** Where, as a JSON pointer into the definition. */
  readonly pointer: string;
  readonly message: string;
  /** AWS's own words: its error, or the reason of the stopped task or container. */
  readonly aws?: string;
  readonly mend?: Mend;
}

/** The change that mends it. */
export interface Mend {
  readonly text: string;
  /** What is to stand at the place in the definition. */
  readonly value?: string;
  readonly statements?: readonly MendStatement[];
  /** For the aws CLI. */
  readonly command?: string;
}

export interface MendStatement {
  /** The policy that lacks it, in words. */
  readonly addTo: string;
  readonly statement: object;
}

export interface Finding extends Found {
  readonly rule: string;
  readonly severity: Severity;
  readonly when: Moment;
  /** Absent for a definition that is no file. */
  readonly line?: number;
  readonly column?: number;
}
