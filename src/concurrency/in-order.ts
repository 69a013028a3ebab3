/** Works that wait for one another. */
export interface InOrder {
  /** Does `work` after all that were added before; `false` if too much waits. `size` is what it counts while it waits. */
  add(size: number, work: () => Promise<void>): boolean;
  /** Resolves when all that was added is done. */
  idle(): Promise<void>;
}

/** `most`: the sum of the sizes that may wait. A work that fails does not keep the next from being done. */
export function inOrder(most: number, onError: (error: unknown) => void): InOrder {
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  return {
    add(size, work) {
      if (waiting + size > most) return false;
      waiting += size;
      last = last
        .then(work)
        .catch(onError)
        .then(() => {
          waiting -= size;
        });
      return true;
    },
    idle: () => last,
  };
}
