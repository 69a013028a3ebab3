import { execFileSync } from "node:child_process";
import { processTable, statOf, textOf } from "./process-table.ts";

/** The use of several processes, summed. */
export interface Usage {
  /** Bytes of memory that the processes hold for themselves. */
  readonly memory: number;
  /** Clock ticks of CPU time, those of children that have ended included. */
  readonly userTicks: number;
  readonly kernelTicks: number;
  /** Bytes that went to and came from block devices. */
  readonly read: number;
  readonly written: number;
  readonly threads: number;
}

/** The processes of each leader's group and session. Leaders without any are absent. */
export function processesByLeader(leaders: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const { pid, group, session } of processTable()) {
    const leader = leaders.has(session) ? session : group;
    if (!leaders.has(leader)) continue;
    found.set(leader, [...(found.get(leader) ?? []), pid]);
  }
  return found;
}

/** The use of these processes. Linux only. */
export function usageOf(pids: readonly number[]): Usage {
  const sum = { memory: memoryOf(pids), userTicks: 0, kernelTicks: 0, read: 0, written: 0, threads: 0 };
  for (const pid of pids) {
    const stat = (statOf(pid) ?? []).map(Number);
    sum.userTicks += (stat[11] ?? 0) + (stat[13] ?? 0);
    sum.kernelTicks += (stat[12] ?? 0) + (stat[14] ?? 0);
    sum.threads += stat[17] ?? 0;
    const io = textOf(`/proc/${pid}/io`) ?? "";
    sum.read += numberAfter(io, "read_bytes");
    sum.written += numberAfter(io, "write_bytes");
  }
  return sum;
}

/** Bytes of memory that these processes hold for themselves. */
export function memoryOf(pids: readonly number[]): number {
  if (pids.length === 0) return 0;
  if (process.platform !== "linux") return memoryFromPs(pids);
  let sum = 0;
  for (const pid of pids) {
    const status = textOf(`/proc/${pid}/status`) ?? "";
    // Not VmRSS: it counts a library again in every process that uses it, which a memory limit does not.
    sum += numberAfter(status, "RssAnon") + numberAfter(status, "RssShmem");
  }
  return sum * 1024;
}

function memoryFromPs(pids: readonly number[]): number {
  const lines = execFileSync("ps", ["-o", "rss=", "-p", pids.join(",")])
    .toString()
    .trim()
    .split("\n");
  return lines.reduce((sum, kibibytes) => sum + Number(kibibytes) * 1024, 0);
}

function numberAfter(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);
}
