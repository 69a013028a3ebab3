/** Many deadlines, looked at together: a timer for each of a server's requests would cost more than the requests' bodies. */
export interface Deadlines extends Disposable {
  /** Calls `onLate` once `milliseconds` have passed, give or take the interval, unless the returned function is called first. */
  set(milliseconds: number, onLate: () => void): () => void;
}

/** `interval` is how often they are looked at, in milliseconds. */
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
