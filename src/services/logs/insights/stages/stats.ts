import type { Accumulator } from "../aggregates/aggregate.ts";
import { aggregateName, type Expression } from "../language/expression.ts";
import { madeRow } from "../row.ts";
import { textOf, type Value } from "../values.ts";
import type { Stage } from "./stage.ts";

/** A column of the result. */
export interface Column {
  readonly name: string;
  readonly of: Expression;
}

export interface Stats {
  readonly columns: readonly Column[];
  readonly by: readonly Column[];
  readonly accumulators: readonly (() => Accumulator)[];
}

interface Group {
  readonly keys: readonly Value[];
  readonly accumulators: readonly Accumulator[];
}

/** Where there are no lines, there are no groups. */
export function statsStage({ columns, by, accumulators }: Stats): Stage {
  return (next, budget) => {
    const groups = new Map<string, Group>();
    return {
      take(row) {
        const keys = by.map(({ of }) => of.evaluate(row));
        const name = JSON.stringify(keys.map((key) => textOf(key) ?? null));
        let group = groups.get(name);
        if (!group) {
          budget.spend(200 + name.length * 4 + accumulators.length * 100);
          group = { keys, accumulators: accumulators.map((make) => make()) };
          groups.set(name, group);
        }
        for (const accumulator of group.accumulators) {
          const size = accumulator.add(row);
          if (size > 0) budget.spend(size);
        }
        return true;
      },
      end() {
        let isWanted = true;
        for (const group of groups.values()) {
          const row = madeRow(new Map(by.map(({ name }, index) => [name, group.keys[index]])));
          for (const [index, accumulator] of group.accumulators.entries()) {
            row.set(aggregateName(index), accumulator.result());
          }
          for (const { name, of } of columns) row.set(name, of.evaluate(row));
          if (isWanted) isWanted = next.take(row);
        }
        next.end();
      },
    };
  };
}
