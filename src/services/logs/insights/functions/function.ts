import type { Value } from "../values.ts";

/** A function of the query language. */
export interface QueryFunction {
  /** How many arguments it takes. */
  readonly least: number;
  readonly most: number;
  readonly run: (...given: readonly Value[]) => Value;
}

export type FunctionTable = Readonly<Record<string, QueryFunction>>;
