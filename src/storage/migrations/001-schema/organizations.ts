import type { Kysely } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("accounts")
    .addColumn("id", text, (column) => column.primaryKey().notNull())
    .addColumn("name", text, required)
    .addColumn("email", text, required)
    .addColumn("email_key", text, (column) => column.notNull().unique())
    .addColumn("tags", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("root_key_id", text, (column) => column.unique())
    .addColumn("root_secret", bytes)
    .execute();
  await db.schema
    .createTable("account_requests")
    .addColumn("id", text, (column) => column.primaryKey().notNull())
    .addColumn("account_name", text, required)
    .addColumn("account_id", text)
    .addColumn("failure", text)
    .addColumn("created_at", integer, required)
    .execute();
}
