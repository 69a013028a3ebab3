/**
 * The last item of each key, kept in memory until `write` writes them together: to keep one costs no write of its own, and a
 * crash loses what was not written. What cannot be written is kept for the next time.
 */
export function writtenLater<Item>(write: (items: ReadonlyMap<string, Item>) => Promise<void>) {
  let unwritten = new Map<string, Item>();
  return {
    keep: (key: string, item: Item): void => void unwritten.set(key, item),
    unwritten: (key: string): Item | undefined => unwritten.get(key),
    async write(): Promise<void> {
      const writing = unwritten;
      if (writing.size === 0) return;
      unwritten = new Map();
      try {
        await write(writing);
      } catch (error) {
        unwritten = new Map([...writing, ...unwritten]);
        throw error;
      }
    },
  };
}
