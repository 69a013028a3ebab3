/** Many deadlines with one timer. A timer for each request would cost more than the request's body. */
export interface Deadlines extends Disposable {
  /** Calls `onLate` after about `milliseconds`, unless the returned function is called before. */
  set(milliseconds: number, onLate: () => void): () => void;
}

/** Checks all deadlines every `interval` milliseconds. */
export function deadlines(interval: number): Deadlines {
  const waiting = new Set<{ readonly at: number; readonly onLate: () => void }>();
  const timer = setInterval(() => {
    const now = performance.now();
    for (const entry of waiting) {
      if (entry.at > now) continue;
      waiting.delete(entry);
      entry.onLate();
    }
  }, interval).unref();
  return {
    set(milliseconds, onLate) {
      const entry = { at: performance.now() + milliseconds, onLate };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
