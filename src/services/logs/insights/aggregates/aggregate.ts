import type { Operand, Row } from "../row.ts";
import type { Value } from "../values.ts";

/** Takes the lines of a group, and gives one value for them. */
export interface Accumulator {
  /** Returns the bytes that it takes up more, at about. */
  add(row: Row): number;
  result(): Value;
}

/** An aggregate of `stats`. */
export interface Aggregate {
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  /** Makes a maker of accumulators; `undefined` if the arguments are wrong. */
  make(given: readonly Operand[]): (() => Accumulator) | undefined;
}

export type AggregateTable = Readonly<Record<string, Aggregate>>;
