import type { Action } from "./actions.ts";

export type Work = Action["kind"] | "observe" | "remove";

/** The work that is under way. */
export function works() {
  const underWay = new Map<Promise<void>, Work>();
  return {
    track(kind: Work, work: Promise<void>): void {
      const tracked: Promise<void> = work.finally(() => underWay.delete(tracked));
      underWay.set(tracked, kind);
    },
    /** Resolves when `isDone`, or when nothing is under way that could bring it about. */
    async until(isDone: () => boolean): Promise<void> {
      while (underWay.size > 0 && !isDone()) await Promise.race(underWay.keys());
    },
    /** Resolves when all work of these kinds is done that is under way now. */
    async all(kinds: readonly Work[]): Promise<void> {
      await Promise.all([...underWay].map(([work, kind]) => (kinds.includes(kind) ? work : undefined)));
    },
  };
}
