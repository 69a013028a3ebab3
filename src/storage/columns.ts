import { type Kysely, PostgresAdapter, type RawBuilder, sql } from "kysely";

/** Column types that mean the same on both databases. */
export interface ColumnTypes {
  /** Sorted by code point. On PostgreSQL it cannot hold NUL. */
  readonly text: RawBuilder<unknown>;
  readonly bytes: RawBuilder<unknown>;
  /** Whole numbers up to 2^53; times are milliseconds since 1970, booleans 0 and 1. */
  readonly integer: RawBuilder<unknown>;
}

// biome-ignore lint/suspicious/noExplicitAny: as Kysely's own Migration type
export function columnTypes(db: Kysely<any>): ColumnTypes {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  return {
    text: postgres ? sql`text collate "C"` : sql`text`,
    bytes: postgres ? sql`bytea` : sql`blob`,
    integer: sql`bigint`,
  };
}
