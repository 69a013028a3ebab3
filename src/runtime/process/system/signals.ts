import { codeOf } from "../../caught.ts";

/** Sends a signal to every process of the group. A group that has ended is no error. */
export function signalGroup(group: number, signal: NodeJS.Signals | number): void {
  send(-group, signal);
}

/** Sends a signal to a process. One that has ended is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals | number): void {
  send(pid, signal);
}

function send(target: number, signal: NodeJS.Signals | number): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    const code = codeOf(error);
    const isGone = code === "ESRCH" || (code === "EPERM" && process.platform === "darwin"); // macOS's word for a zombie
    if (!isGone) throw error;
  }
}
