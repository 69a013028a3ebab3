/** Runs work later. Tests have timers of their own, so that they need not wait. */
export interface Timers {
  /** Calls `work` after `milliseconds`, unless the returned function is called first. */
  after(milliseconds: number, work: () => void): () => void;
  /** Calls `work` every `milliseconds` until the returned function is called. Does not keep the process running. */
  every(milliseconds: number, work: () => void): () => void;
}

/** Milliseconds: the longest that Node's timers can wait; a longer one would go off at once. */
export const longestTimer = 2 ** 31 - 1;

export const systemTimers: Timers = {
  after(milliseconds, work) {
    const timer = setTimeout(work, Math.min(milliseconds, longestTimer));
    return () => clearTimeout(timer);
  },
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};

/** Resolves after `milliseconds`, or at once when `signal` is aborted. */
export function pause(timers: Timers, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = timers.after(milliseconds, end);
    signal.addEventListener("abort", end);
  });
}

/** Timers that go off when a test says so. */
export function fakeTimers() {
  const waiting = new Set<{ at: number; milliseconds: number; work: () => void }>();
  const regular = new Set<{ milliseconds: number; work: () => void }>();
  let time = 0;
  return {
    after(milliseconds: number, work: () => void): () => void {
      const entry = { at: time + milliseconds, milliseconds, work };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    every(milliseconds: number, work: () => void): () => void {
      const entry = { milliseconds, work };
      regular.add(entry);
      return () => regular.delete(entry);
    },
    /** The delay of each single timer that has not gone off. */
    pending: (): readonly number[] => [...waiting].map(({ milliseconds }) => milliseconds),
    /** Lets time pass for single timers, also for those that are set meanwhile. */
    advance(milliseconds: number): void {
      const end = time + milliseconds;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        waiting.delete(next);
        time = next.at;
        next.work();
      }
      time = end;
    },
    /** Runs the regular work of every `milliseconds` once, or all regular work if no interval is given. */
    fire(milliseconds?: number): void {
      for (const entry of [...regular]) {
        if (milliseconds === undefined || entry.milliseconds === milliseconds) entry.work();
      }
    },
  };
}
