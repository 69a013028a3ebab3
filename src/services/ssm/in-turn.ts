/**
 * A function that runs works on the same key one after the other, in the order of the calls. PostgreSQL lets transactions
 * on one row run side by side and then has all but one of them run again.
 */
export function turns() {
  const last = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(key) ?? Promise.resolve();
    const result = before.then(work, work);
    last.set(key, result);
    const forget = () => {
      if (last.get(key) === result) last.delete(key);
    };
    result.then(forget, forget);
    return result;
  };
}
