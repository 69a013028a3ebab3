import type { Clock } from "../../../clock.ts";
import type { Ids } from "../../../ids.ts";
import type { ContainerSpec } from "../../containers.ts";
import type { Line } from "./lines.ts";

/** Where the output of one container goes. */
export interface LogSink {
  /** Takes lines in; resolves when more may come. */
  write(source: LogSource, lines: readonly Line[]): Promise<void>;
  /** Delivers what is left, or warns that it cannot. */
  close(): Promise<void>;
}

export type LogSource = "stdout" | "stderr";

export interface LogContext {
  readonly id: string;
  readonly spec: ContainerSpec;
  /** File that the log may be kept in; its directory exists. */
  readonly path: string;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called with what was lost once the container runs. */
  warn(message: string): void;
}

export type LogOptions = Readonly<Record<string, string>>;

/** Rejects options that the driver does not know, as Docker does. */
export function checkLogOptions(driver: string, options: LogOptions, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`unknown log opt '${unknown}' for ${driver} log driver`);
}
