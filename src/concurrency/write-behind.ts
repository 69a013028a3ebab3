/**
 * Keeps the last item of each key in memory until `write` writes them together. A crash loses the items that were not
 * written. Items that could not be written are kept for the next write.
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
    /** The last item of the key, if it may not be written yet. */
    unwritten: (key: string): Item | undefined => unwritten.get(key) ?? writing.get(key),
    /** Resolves when all items that are kept now are written. One write follows the other. */
    write(): Promise<void> {
      last = last.catch(() => {}).then(writeAll); // the caller of that write got its error
      return last;
    },
  };
}
