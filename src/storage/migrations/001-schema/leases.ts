import type { Kysely } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer } = columnTypes(db);
  await db.schema
    .createTable("leases")
    .addColumn("name", text, (column) => column.primaryKey().notNull())
    .addColumn("holder", text, required)
    .addColumn("expires_at", integer, required)
    .execute();
}
