import { execFileSync } from "node:child_process";
import { statOf, textOf } from "./process-table.ts";

/**
 * When the process began, in the system's own words. With its id this names a process for good, even if the id is used again or
 * the machine restarts. `undefined` if there is no such process.
 */
export function processStart(pid: number): string | undefined {
  if (process.platform !== "linux") return fromPs(pid);
  const start = statOf(pid)?.[19];
  return start === undefined ? undefined : `${textOf("/proc/sys/kernel/random/boot_id")?.trim()} ${start}`;
}

function fromPs(pid: number): string | undefined {
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)])
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}
