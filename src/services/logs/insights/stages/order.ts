import type { Expression } from "../language/expression.ts";
import type { Row } from "../row.ts";
import { sorted, textOf, type Value } from "../values.ts";
import type { Budget, Sink, Stage } from "./stage.ts";

export interface SortKey {
  readonly by: Expression;
  readonly isDescending: boolean;
}

interface Sorted {
  readonly row: Row;
  readonly values: readonly Value[];
}

/** Sorts. Of the lines it gives on the first `most`, and holds no more than twice as many. */
export function sortStage(keys: readonly SortKey[], most: number): Stage {
  const compare = (one: Sorted, other: Sorted) => {
    for (const [index, { isDescending }] of keys.entries()) {
      const order = sorted(one.values[index], other.values[index]);
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  };
  return (next, budget) => {
    let held: Sorted[] = [];
    const shorten = () => {
      held.sort(compare);
      for (const { row } of held.splice(most)) budget.free(row.size);
    };
    return {
      take(row) {
        budget.spend(row.size);
        held.push({ row, values: keys.map(({ by }) => by.evaluate(row)) });
        if (held.length >= most * 2) shorten();
        return true;
      },
      end() {
        shorten();
        giveOn(held, next, budget);
        held = [];
      },
    };
  };
}

function giveOn(held: readonly Sorted[], next: Sink, budget: Budget): void {
  let isWanted = true;
  for (const { row } of held) {
    budget.free(row.size);
    if (isWanted) isWanted = next.take(row);
  }
  next.end();
}

export function limitStage(most: number): Stage {
  return (next) => {
    let taken = 0;
    return {
      take(row) {
        if (taken >= most) return false;
        taken++;
        return next.take(row) && taken < most;
      },
      end: next.end,
    };
  };
}

/** Lines that lack one of the values stay, as on AWS. */
export function dedupStage(by: readonly Expression[]): Stage {
  return (next, budget) => {
    const seen = new Set<string>();
    return {
      take(row) {
        const values = by.map(({ evaluate }) => textOf(evaluate(row)));
        if (values.includes(undefined)) return next.take(row);
        const key = JSON.stringify(values);
        if (seen.has(key)) return true;
        budget.spend(100 + key.length * 2);
        seen.add(key);
        return next.take(row);
      },
      end: next.end,
    };
  };
}
