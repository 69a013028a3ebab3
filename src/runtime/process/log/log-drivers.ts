import { messageOf } from "../../caught.ts";
import type { ContainerSpec } from "../../containers.ts";
import { RuntimeError } from "../../runtime-error.ts";
import { openJsonFile } from "./json-file.ts";
import type { LogContext, LogOptions, LogSink } from "./log-sink.ts";
import { openSplunk } from "./splunk.ts";

/** By name. Their errors never quote the value of an option: it may come from a secret. */
const drivers: Readonly<Record<string, (options: LogOptions, context: LogContext) => Promise<LogSink>>> = {
  "json-file": openJsonFile,
  none: async () => ({ write: async () => {}, close: async () => {} }),
  splunk: openSplunk,
};

/** Names of the log drivers that processes can use. */
export const logDrivers: readonly string[] = Object.keys(drivers);

/** Rejects with `CannotCreateContainerError` if there is no such log driver. */
export function checkLogDriver({ log }: ContainerSpec): void {
  if (log === undefined || logDrivers.includes(log.driver)) return;
  throw new RuntimeError("CannotCreateContainerError", `logger: no log driver named '${log.driver}' is registered`);
}

/** Opens the container's log. Rejects with `CannotStartContainerError`, in Docker's words. */
export async function openLog(context: LogContext): Promise<LogSink> {
  const { driver, options } = context.spec.log ?? { driver: "json-file", options: {} };
  try {
    const open = drivers[driver];
    if (!open) throw new Error(`no log driver named '${driver}' is registered`);
    return await open(options, context);
  } catch (error) {
    const reason = messageOf(error);
    throw new RuntimeError("CannotStartContainerError", `failed to initialize logging driver: ${reason}`);
  }
}
