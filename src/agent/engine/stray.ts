import { pause, type Timers } from "../../concurrency/timers.ts";
import type { Runtime } from "../../runtime/runtime.ts";

export interface StrayOptions {
  readonly runtime: Runtime;
  readonly timers: Timers;
  /** Milliseconds before it is tried again. */
  readonly retryDelay: number;
  /** Aborted when the engine is disposed of. */
  readonly closing: AbortSignal;
  /** Called when a container could not be deleted now. */
  onStray(id: string, error: unknown): void;
}

/** Deletes a container that belongs to no task. Resolves after the first try, to the rest of the work if that failed. */
export async function removeStray(id: string, options: StrayOptions): Promise<(() => Promise<void>) | undefined> {
  const { runtime, timers, retryDelay, closing, onStray } = options;

  async function attempt(): Promise<boolean> {
    try {
      await runtime.containers.remove(id);
      return true;
    } catch (error) {
      onStray(id, error);
      return false;
    }
  }

  async function insist(): Promise<void> {
    do await pause(timers, retryDelay, closing);
    while (!closing.aborted && !(await attempt()));
  }

  return (await attempt()) ? undefined : insist;
}
