import { setTimeout as delay } from "node:timers/promises";
import { processesOf } from "./mark.ts";
import { signalProcess } from "./signals.ts";

/** Milliseconds between two looks, and for all of them. */
const pause = 10;
const patience = 5_000;

/** Kills all processes of a container and waits until they are gone. Resolves to those that could not be killed. */
export async function endProcesses(id: string, leader?: number): Promise<readonly number[]> {
  const deadline = performance.now() + patience;
  for (;;) {
    const left = processesOf(id, leader);
    if (left.length === 0 || performance.now() > deadline) return left;
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
