import { messageOf } from "../../caught.ts";
import { signalGroup } from "../system/signals.ts";
import { memoryOf, processesByLeader } from "../system/usage.ts";

/** Milliseconds between two looks. */
const interval = 1000;

export interface MemoryLimits {
  /** Kills the leader's process group once its processes hold more than `bytes`, after calling `exceeded`. */
  add(leader: number, bytes: number, exceeded: () => void): void;
  remove(leader: number): void;
}

/** Looks every second at how much memory process groups hold, while there are any with a limit. */
export function memoryLimits(warn: (message: string) => void): MemoryLimits {
  const limits = new Map<number, { readonly bytes: number; exceeded(): void }>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    const processes = processesByLeader(new Set(limits.keys()));
    for (const [leader, { bytes, exceeded }] of limits) {
      if (memoryOf(processes.get(leader) ?? []) <= bytes) continue;
      limits.delete(leader);
      exceeded();
      signalGroup(leader, "SIGKILL");
    }
  }

  function schedule(): void {
    timer = undefined;
    if (limits.size === 0) return;
    timer = setTimeout(() => {
      try {
        look();
      } catch (error) {
        warn(`could not enforce memory limits: ${messageOf(error)}`);
      }
      schedule();
    }, interval).unref();
  }

  return {
    add(leader, bytes, exceeded) {
      limits.set(leader, { bytes, exceeded });
      if (!timer) schedule();
    },
    remove: (leader) => void limits.delete(leader),
  };
}
