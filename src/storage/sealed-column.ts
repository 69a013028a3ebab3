import type { Tables } from "./schema/index.ts";

/** A column whose values the keyring sealed. Each is named beside the store that owns it, so that `rekey` can seal it anew. */
export interface SealedColumn {
  readonly table: keyof Tables;
  readonly column: string;
  /** The columns that tell a row from the others. */
  readonly key: readonly string[];
  /** What a row's value was sealed for. */
  purpose(row: Readonly<Record<string, unknown>>): string;
}
