import { setTimeout as delay } from "node:timers/promises";
import { type Mark, processesWith } from "./mark.ts";
import { signalProcess } from "./signals.ts";

/** Milliseconds between two looks, and for all of them. */
const pause = 10;
const patience = 5_000;

/** Looks in a row that must find nothing: a process may hand over to its child while the table is read. */
const emptyLooks = 2;

/** Kills all processes with the mark and waits until they are gone. Resolves to those that could not be killed. */
export async function endProcesses(mark: Mark, leader?: number): Promise<readonly number[]> {
  const deadline = performance.now() + patience;
  for (let empty = 0; ; ) {
    const left = processesWith(mark, leader);
    empty = left.length === 0 ? empty + 1 : 0;
    if (empty === emptyLooks || performance.now() > deadline) return left;
    if (left.length === 0) continue;
    for (const pid of left) kill(pid);
    await delay(pause);
  }
}

function kill(pid: number): void {
  try {
    signalProcess(pid, "SIGKILL");
  } catch {
    // It belongs to another user now, and is reported if it stays.
  }
}
