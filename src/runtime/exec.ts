import type { Readable, Writable } from "node:stream";

export interface Exec {
  /** Starts a program in a running container. Rejects with `CannotStartContainerExecError`. */
  start(id: string, spec: ExecSpec): Promise<ExecSession>;
}

export interface ExecSpec {
  readonly command: readonly string[];
  /** Gives the program a terminal of this size. */
  readonly terminal?: TerminalSize;
  /** Whether `ExecSession.stdin` reaches the program; otherwise it reads an empty input. */
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

/** A program that runs in a container. Disposing of it closes the streams; the program may go on without them. */
export interface ExecSession extends AsyncDisposable {
  readonly stdin: Writable;
  /** With a terminal, all output comes here. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The program's exit code, after all its output. */
  readonly exitCode: Promise<number>;
  /** Tells the program that its terminal has another size. */
  resize(size: TerminalSize): Promise<void>;
}
