import { setImmediate } from "node:timers/promises";

/** Turns of the event loop that a group waits for more items. A lone item hardly waits. */
const turns = 4;

/**
 * Writes those items together that come during the write before, and shortly after it: many small writes at once then wait
 * for the disk once. Each call resolves when its own item is written, and fails with its group.
 */
export function groupCommit<Item>(write: (items: readonly Item[]) => Promise<void>): (item: Item) => Promise<void> {
  let waiting: Item[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return (item) => {
    waiting.push(item);
    next ??= last.then(gathered).then(() => {
      const group = waiting;
      waiting = [];
      next = undefined;
      const written = write(group);
      // The callers of this group get the error; the next group does not.
      last = written.catch(() => {});
      return written;
    });
    return next;
  };
}

async function gathered(): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
}
