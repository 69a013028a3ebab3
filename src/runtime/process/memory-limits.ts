import { groupMemory, signalGroup } from "./operating-system.ts";

/** Milliseconds between two looks. */
const interval = 1000;

export interface MemoryLimits {
  /** Kills the process group once it holds more than `bytes`, after calling `exceeded`. */
  add(group: number, bytes: number, exceeded: () => void): void;
  remove(group: number): void;
}

/** Looks every second at how much memory process groups hold, while there are any with a limit. */
export function memoryLimits(warn: (message: string) => void): MemoryLimits {
  const limits = new Map<number, { readonly bytes: number; exceeded(): void }>();
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const held = await groupMemory();
    for (const [group, { bytes, exceeded }] of limits) {
      if ((held.get(group) ?? 0) <= bytes) continue;
      limits.delete(group);
      exceeded();
      signalGroup(group, "SIGKILL");
    }
  }

  function schedule(): void {
    timer = undefined;
    if (limits.size === 0) return;
    timer = setTimeout(() => {
      look()
        .catch((error: Error) => warn(`could not enforce memory limits: ${error.message}`))
        .finally(schedule);
    }, interval).unref();
  }

  return {
    add(group, bytes, exceeded) {
      limits.set(group, { bytes, exceeded });
      if (!timer) schedule();
    },
    remove: (group) => void limits.delete(group),
  };
}
