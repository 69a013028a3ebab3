/** What happens later, so that tests need no waiting. */
export interface Timers {
  /** Calls `work` after `milliseconds`, unless the returned function is called first. */
  after(milliseconds: number, work: () => void): () => void;
}

/** The longest that Node's timers can wait; a longer one would go off at once. */
const longest = 2 ** 31 - 1;

export const systemTimers: Timers = {
  after(milliseconds, work) {
    const timer = setTimeout(work, Math.min(milliseconds, longest));
    return () => clearTimeout(timer);
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

/** Timers that go off when told to. */
export function fakeTimers() {
  const waiting = new Set<{ at: number; milliseconds: number; work: () => void }>();
  let time = 0;
  return {
    after(milliseconds: number, work: () => void): () => void {
      const entry = { at: time + milliseconds, milliseconds, work };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    /** How long each that has not gone off was to wait. */
    pending: (): readonly number[] => [...waiting].map(({ milliseconds }) => milliseconds),
    /** Lets time pass. What goes off meanwhile may set others. */
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
  };
}
