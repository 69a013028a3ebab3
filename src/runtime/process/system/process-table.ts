import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessEntry {
  readonly pid: number;
  readonly group: number;
  /** The same as the group where the system does not say. */
  readonly session: number;
}

/** The processes of this machine, without those that have ended and wait for their parent (zombies). */
export function processTable(): readonly ProcessEntry[] {
  return process.platform === "linux" ? fromProc() : fromPs();
}

/** The fields of `/proc/<pid>/stat` from the third on; `undefined` if the process has ended. See proc_pid_stat(5). */
export function statOf(pid: number): readonly string[] | undefined {
  const text = textOf(`/proc/${pid}/stat`);
  // The program's name comes second, in parentheses, and may contain anything.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields?.[0] === "Z" ? undefined : fields;
}

/** The contents of a file of `/proc`; `undefined` if the process has ended, or belongs to another user. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function fromProc(): readonly ProcessEntry[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((name) => {
    const pid = Number(name);
    const [, , group, session] = statOf(pid) ?? [];
    return group === undefined ? [] : [{ pid, group: Number(group), session: Number(session) }];
  });
}

function fromPs(): readonly ProcessEntry[] {
  const lines = execFileSync("ps", ["-axo", "pid=,pgid=,stat="]).toString().trim().split("\n");
  return lines.flatMap((line) => {
    const [pid, group, state = ""] = line.trim().split(/\s+/);
    if (pid === undefined || state.startsWith("Z")) return [];
    return [{ pid: Number(pid), group: Number(group), session: Number(group) }];
  });
}
