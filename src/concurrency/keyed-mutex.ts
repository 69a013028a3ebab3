/**
 * Runs work on the same key one after the other, in the order of the calls. PostgreSQL lets transactions on one row run
 * side by side and then fails all but one; within a process that can be avoided.
 */
export function keyedMutex() {
  const last = new Map<string, Promise<unknown>>();
  return async function exclusively<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = last.get(key);
    const mine = before ? before.then(work, work) : work();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
