import { execFile, execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * When the process began, in the system's own words: with its id, this names a process for good, even if the id is used again or
 * the machine restarts. `undefined` if there is no such process.
 */
export function processStart(pid: number): string | undefined {
  try {
    if (process.platform !== "linux")
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)])
        .toString()
        .trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name comes second, in parentheses, and may contain anything; the start is the twentieth field after it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z"
      ? undefined
      : `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Sends a signal to every process of the group; one that has ended is no error. */
export function signalGroup(group: number, signal: NodeJS.Signals | number): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isGone = code === "ESRCH" || (code === "EPERM" && process.platform === "darwin"); // macOS's word for a zombie
    if (!isGone) throw error;
  }
}

/** Bytes of memory that each process group holds for itself. */
export async function groupMemory(): Promise<Map<number, number>> {
  const sums = new Map<number, number>();
  for (const { group, bytes } of await (process.platform === "linux" ? fromProc() : fromPs())) {
    sums.set(group, (sums.get(group) ?? 0) + bytes);
  }
  return sums;
}

interface Share {
  readonly group: number;
  readonly bytes: number;
}

async function fromProc(): Promise<Share[]> {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const statuses = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/status`, "utf8").catch(() => "")));
  return statuses.flatMap((status) => {
    const group = /^NSpgid:\t(\d+)/m.exec(status)?.[1];
    // Not VmRSS: it counts a library again in every process that uses it, which a memory limit does not.
    const kibibytes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+)/gm)].reduce(
      (sum, [, size]) => sum + Number(size),
      0,
    );
    return group === undefined ? [] : [{ group: Number(group), bytes: kibibytes * 1024 }];
  });
}

async function fromPs(): Promise<Share[]> {
  const { stdout } = await promisify(execFile)("ps", ["-axo", "pgid=,rss="]);
  return stdout.split("\n").flatMap((line) => {
    const [group, kibibytes] = line.trim().split(/\s+/).map(Number);
    return group === undefined || kibibytes === undefined ? [] : [{ group, bytes: kibibytes * 1024 }];
  });
}
