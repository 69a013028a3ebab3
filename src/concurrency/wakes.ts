/**
 * Tells those who wait for a change that it has happened. A wake carries nothing but its topic, and may be lost or come twice:
 * whoever listens looks what has changed, and also looks by itself now and then.
 */
export interface Wakes {
  /** Returns at once. Called after the change is stored, never within its transaction. */
  wake(topic: string): void;
  /** Calls `listener` at every wake of `topic` until the returned function is called. */
  on(topic: string, listener: () => void): () => void;
}

/** Wakes within this process; with `wakeAll` for wakes that come from outside. */
export function localWakes(): Wakes & { wakeAll(): void } {
  const listeners = new Map<string, Set<() => void>>();
  return {
    wake(topic) {
      for (const listener of listeners.get(topic) ?? []) listener();
    },
    /** Every topic: for when wakes may have been lost. */
    wakeAll() {
      for (const set of [...listeners.values()]) for (const listener of [...set]) listener();
    },
    on(topic, listener) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(topic) === set) listeners.delete(topic);
      };
    },
  };
}
