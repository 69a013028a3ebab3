import type { Row } from "../row.ts";

/** Takes the lines of a query, one after the other. */
export interface Sink {
  /** False if no more are wanted. */
  take(row: Row): boolean;
  /** Called once, when no more come. */
  end(): void;
}

/** Counts the memory of a query, and throws `QueryTooLarge` when it is too much. */
export interface Budget {
  spend(bytes: number): void;
  /** Gives back what was spent. */
  free(bytes: number): void;
}

/** One command of a query: it makes the sink of what comes before it from the sink of what comes behind it. */
export type Stage = (next: Sink, budget: Budget) => Sink;

/** A query holds more at a time than it may. */
export class QueryTooLarge extends Error {}

/** `most`: bytes. */
export function budgetOf(most: number): Budget {
  let spent = 0;
  return {
    spend(bytes) {
      spent += bytes;
      if (spent > most) throw new QueryTooLarge(`The query holds more than ${most} bytes at a time`);
    },
    free(bytes) {
      spent -= bytes;
    },
  };
}

/** A stage that looks at each line on its own; `undefined` drops it. */
export function each(change: (row: Row) => Row | undefined): Stage {
  return (next) => ({
    take(row) {
      const changed = change(row);
      return changed === undefined || next.take(changed);
    },
    end: next.end,
  });
}
