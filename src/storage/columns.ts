import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter, type RawBuilder, sql } from "kysely";

/** Column types that mean the same on both databases. */
export interface ColumnTypes {
  /** Sorted by code point. On PostgreSQL it cannot hold NUL. */
  readonly text: RawBuilder<unknown>;
  readonly bytes: RawBuilder<unknown>;
  /** Whole numbers up to 2^53; times are milliseconds since 1970, booleans 0 and 1. */
  readonly integer: RawBuilder<unknown>;
}

export function columnTypes<T>(db: Kysely<T>): ColumnTypes {
  const postgres = isPostgres(db);
  return {
    text: postgres ? sql`text collate "C"` : sql`text`,
    bytes: postgres ? sql`bytea` : sql`blob`,
    integer: sql`bigint`,
  };
}

export function isPostgres<T>(db: Kysely<T>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** For a column that is never null. */
export const required = (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder => column.notNull();
