import type { Readable, Writable } from "node:stream";

export interface Exec {
  /**
   * Starts a program in a running container. Rejects with `CannotStartContainerExecError`. A program that the container does not
   * have may also show as output with exit code 126 or 127.
   */
  start(id: string, spec: ExecSpec): Promise<ExecSession>;
  /**
   * Ends the programs of a container that have `mark`, the beginning of a `NAME=value`, in the environment that they were started
   * with: first as if their terminal had gone, then by force. Does nothing in a container that does not run. Where the Engine runs
   * on another machine or under another user, it needs `sh`, `tr` and `grep` in the container, and without them does nothing.
   */
  endMarked(id: string, mark: string): Promise<void>;
}

export interface ExecSpec {
  readonly command: readonly string[];
  /** Gives the program a terminal of this size. */
  readonly terminal?: TerminalSize;
  /** Lets the program read `ExecSession.stdin`; otherwise its input is empty. */
  readonly stdin?: boolean;
  /** Added to the container's own. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: string;
  readonly workingDirectory?: string;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * A program that runs in a container. Both outputs must be read: the program waits while one of them is full. Disposing of the
 * session closes its streams; the program may go on without them.
 */
export interface ExecSession extends AsyncDisposable {
  /** Ending it ends the program's input. Goes nowhere unless the spec asked for it. */
  readonly stdin: Writable;
  /** With a terminal, all output comes here. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The program's exit code, once it has ended and its output has. Rejects if the connection or the session ends before. */
  readonly exitCode: Promise<number>;
  /** Gives the terminal another size. Does nothing without a terminal, or after the end. */
  resize(size: TerminalSize): Promise<void>;
}
