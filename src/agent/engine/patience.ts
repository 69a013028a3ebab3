import type { Clock } from "../../clock.ts";
import { pause, type Timers } from "../../concurrency/timers.ts";
import { RuntimeUnavailableError } from "../../runtime/runtime-error.ts";

export interface PatienceOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Milliseconds for which something waits for a runtime that cannot be reached. */
  readonly runtimeWait: number;
  /** Milliseconds between two tries. */
  readonly retryDelay: number;
}

/**
 * Does `work` again and again while the runtime cannot be reached, for a bounded time or until `signal` is aborted; then it
 * rejects as `work` did. A try that failed may have been done nonetheless: `again` says that there was one.
 */
export async function patiently<T>(
  { clock, timers, runtimeWait, retryDelay }: PatienceOptions,
  signal: AbortSignal,
  work: (again: boolean) => Promise<T>,
): Promise<T> {
  let deadline: number | undefined;
  for (;;) {
    try {
      return await work(deadline !== undefined);
    } catch (error) {
      const now = clock.now().getTime();
      deadline ??= now + runtimeWait;
      if (!(error instanceof RuntimeUnavailableError) || signal.aborted || now >= deadline) throw error;
    }
    await pause(timers, retryDelay, signal);
  }
}
