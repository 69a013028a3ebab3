/** Regular work, so that tests need no waiting. */
export interface Timers {
  /** Calls `work` every `milliseconds` until the returned function is called. */
  every(milliseconds: number, work: () => void): () => void;
}

/** Does not keep the process running. */
export const systemTimers: Timers = {
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};

/** Timers that go off when told to. */
export function fakeTimers(): Timers & { fire(milliseconds?: number): void } {
  const works = new Set<{ milliseconds: number; work: () => void }>();
  return {
    every(milliseconds, work) {
      const entry = { milliseconds, work };
      works.add(entry);
      return () => works.delete(entry);
    },
    /** Everything that goes off every `milliseconds`; everything there is unless given. */
    fire(milliseconds) {
      for (const entry of [...works]) {
        if (milliseconds === undefined || entry.milliseconds === milliseconds) entry.work();
      }
    },
  };
}
