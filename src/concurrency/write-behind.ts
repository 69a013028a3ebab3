/**
 * The last item of each key, kept in memory until `write` writes them together: to keep one costs no write of its own, and a
 * crash loses what was not written. What cannot be written is kept for the next time.
 */
export function writeBehind<Item>(write: (items: ReadonlyMap<string, Item>) => Promise<void>) {
  let unwritten = new Map<string, Item>();
  let writing: ReadonlyMap<string, Item> = unwritten;
  let last: Promise<void> = Promise.resolve();

  async function writeAll(): Promise<void> {
    if (unwritten.size === 0) return;
    writing = unwritten;
    unwritten = new Map();
    try {
      await write(writing);
    } catch (error) {
      unwritten = new Map([...writing, ...unwritten]);
      throw error;
    } finally {
      writing = unwritten;
    }
  }

  return {
    keep: (key: string, item: Item): void => void unwritten.set(key, item),
    /** The last item that may not be written yet. */
    unwritten: (key: string): Item | undefined => unwritten.get(key) ?? writing.get(key),
    /** Resolves when all that is kept is written; one write follows the other. */
    write(): Promise<void> {
      last = last.catch(() => {}).then(writeAll); // whoever asked for that write has heard of it
      return last;
    },
  };
}
