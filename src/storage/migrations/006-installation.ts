import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface InstallationTables {
  /** What holds for the database as a whole. */
  installation: { name: string; value: Uint8Array };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes } = columnTypes(db);
  await db.schema
    .createTable("installation")
    .addColumn("name", text, (column) => column.primaryKey().notNull())
    .addColumn("value", bytes, (column) => column.notNull())
    .execute();
}
