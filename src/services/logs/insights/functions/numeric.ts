import { numberOf, type Value } from "../values.ts";
import type { FunctionTable, QueryFunction } from "./function.ts";

function ofNumber(run: (value: number) => number): QueryFunction {
  return {
    ...{ least: 1, most: 1 },
    run(given) {
      const value = numberOf(given);
      return value === undefined ? undefined : run(value);
    },
  };
}

function ofNumbers(run: (...values: number[]) => number): QueryFunction {
  return {
    ...{ least: 1, most: 100 },
    run(...given) {
      const values = given.map(numberOf).filter((value) => value !== undefined);
      return values.length === 0 ? undefined : run(...values);
    },
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-operations-functions.html#CWL_QuerySyntax-operations-numeric */
export const numericFunctions: FunctionTable = {
  abs: ofNumber(Math.abs),
  ceil: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  greatest: ofNumbers(Math.max),
  least: ofNumbers(Math.min),
  log: ofNumber(Math.log),
  sqrt: ofNumber(Math.sqrt),
};

const operations: Readonly<Record<string, (one: number, other: number) => number>> = {
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "*": (one, other) => one * other,
  "/": (one, other) => one / other,
  "%": (one, other) => one % other,
  "^": (one, other) => one ** other,
};

/** Absent where one of the values is no number, and of a division by 0. */
export function calculate(operator: string, one: Value, other: Value): Value {
  const [left, right] = [numberOf(one), numberOf(other)];
  if (left === undefined || right === undefined) return undefined;
  const result = operations[operator]?.(left, right) ?? Number.NaN;
  return Number.isFinite(result) ? result : undefined;
}
