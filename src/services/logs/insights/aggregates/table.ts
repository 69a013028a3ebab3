import { madeRow, type Operand, type Row } from "../row.ts";
import { compared, numberOf, rounded, sorted, textOf, type Value } from "../values.ts";
import type { Accumulator, Aggregate, AggregateTable } from "./aggregate.ts";
import { distinctCounter } from "./distinct.ts";
import { percentiles } from "./percentiles.ts";

/**
 * The aggregates of `stats`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html
 */
export const aggregates: AggregateTable = {
  count: { least: 0, most: 1, make: (given) => () => count(given[0]) },
  count_distinct: one((of) => distinct(of)),
  sum: one((of) => total(of, (sum) => sum)),
  avg: one((of) => total(of, (sum, numbers) => rounded(sum / numbers))),
  min: one((of) => best(of, (value, known) => (compared(value, known) ?? 0) < 0)),
  max: one((of) => best(of, (value, known) => (compared(value, known) ?? 0) > 0)),
  stddev: one((of) => deviation(of)),
  median: one((of) => percentile(of, 50)),
  pct: {
    ...{ least: 2, most: 2 },
    make([of, given]) {
      const share = given && !given.field ? numberOf(given.evaluate(madeRow(new Map()))) : undefined;
      if (!of || share === undefined || share < 0 || share > 100) return undefined;
      return () => percentile(of, share);
    },
  },
  earliest: one((of) => byTime(of, (time, known) => time < known)),
  latest: one((of) => byTime(of, (time, known) => time >= known)),
  sortsfirst: one((of) => best(of, (value, known) => sorted(value, known) < 0)),
  sortslast: one((of) => best(of, (value, known) => sorted(value, known) > 0)),
};

function one(make: (of: Operand) => Accumulator): Aggregate {
  return { least: 1, most: 1, make: ([of]) => of && (() => make(of)) };
}

function count(of: Operand | undefined): Accumulator {
  let found = 0;
  return {
    add(row) {
      if (!of || of.evaluate(row) !== undefined) found++;
      return 0;
    },
    result: () => found,
  };
}

function distinct(of: Operand): Accumulator {
  const counter = distinctCounter();
  return {
    add(row) {
      const text = textOf(of.evaluate(row));
      return text === undefined ? 0 : counter.add(text);
    },
    result: counter.count,
  };
}

function total(of: Operand, result: (sum: number, numbers: number) => number): Accumulator {
  let [sum, numbers] = [0, 0];
  return {
    add(row) {
      const number = numberOf(of.evaluate(row));
      if (number === undefined) return 0;
      sum += number;
      numbers++;
      return 0;
    },
    result: () => (numbers === 0 ? undefined : result(sum, numbers)),
  };
}

/** By Welford's method, which does not lose the small differences of large numbers. */
function deviation(of: Operand): Accumulator {
  let [numbers, mean, squares] = [0, 0, 0];
  return {
    add(row) {
      const number = numberOf(of.evaluate(row));
      if (number === undefined) return 0;
      const difference = number - mean;
      mean += difference / ++numbers;
      squares += difference * (number - mean);
      return 0;
    },
    result: () => (numbers === 0 ? undefined : rounded(Math.sqrt(squares / numbers))),
  };
}

function percentile(of: Operand, share: number): Accumulator {
  const seen = percentiles();
  return {
    add(row) {
      const number = numberOf(of.evaluate(row));
      return number === undefined ? 0 : seen.add(number);
    },
    result() {
      const value = seen.at(share);
      return value === undefined ? undefined : rounded(value);
    },
  };
}

function best(of: Operand, isBetter: (value: Value, known: Value) => boolean): Accumulator {
  let known: Value;
  return {
    add(row) {
      const value = of.evaluate(row);
      if (value !== undefined && (known === undefined || isBetter(value, known))) known = value;
      return 0;
    },
    result: () => known,
  };
}

const timestamp = { name: "@timestamp", path: ["@timestamp"] };

function byTime(of: Operand, isBetter: (time: number, known: number) => boolean): Accumulator {
  let best: { readonly time: number; readonly value: Value } | undefined;
  return {
    add(row: Row) {
      const [time, value] = [numberOf(row.get(timestamp)), of.evaluate(row)];
      if (time === undefined || value === undefined) return 0;
      if (!best || isBetter(time, best.time)) best = { time, value };
      return 0;
    },
    result: () => best?.value,
  };
}
