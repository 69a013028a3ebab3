import type { Kysely } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, bytes } = columnTypes(db);
  await db.schema
    .createTable("installation")
    .addColumn("name", text, (column) => column.primaryKey().notNull())
    .addColumn("value", bytes, required)
    .execute();
}
