/** Wakes loops of this process. Nobody may rely on a wake: every loop also looks by itself now and then. */
export interface Events {
  wake(topic: Topic): void;
  /** Calls `listener` at every wake of `topic` until the returned function is called. */
  on(topic: Topic, listener: () => void): () => void;
}

/**
 * `services`: something that the service scheduler decides on has changed. An instance's: one of its tasks has. A task's: it
 * has stopped.
 */
export type Topic = "services" | `instance:${string}` | `task:${string}`;

export function events(): Events {
  const listeners = new Map<Topic, Set<() => void>>();
  return {
    wake(topic) {
      for (const listener of listeners.get(topic) ?? []) listener();
    },
    on(topic, listener) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(topic);
      };
    },
  };
}
