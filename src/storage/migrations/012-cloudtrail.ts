import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("cloudtrail_events")
    .addColumn("event_id", text, (column) => column.primaryKey().notNull())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("time", integer, (column) => column.notNull())
    .addColumn("source", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("resources", text, (column) => column.notNull())
    .addColumn("event", bytes, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("cloudtrail_events_by_time")
    .on("cloudtrail_events")
    .columns(["account", "region", "time", "event_id"])
    .execute();
}
