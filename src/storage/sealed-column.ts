import type { Tables } from "./schema/index.ts";

/** A column with values that the keyring sealed. It stands beside the store that owns it, so that `rekey` finds it. */
export interface SealedColumn {
  readonly table: keyof Tables;
  readonly column: string;
  /** The columns that tell a row from the others. */
  readonly key: readonly string[];
  /** The purpose that a row's value was sealed for. */
  purpose(row: Readonly<Record<string, unknown>>): string;
}
