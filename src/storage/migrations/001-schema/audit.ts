import { type Kysely, sql } from "kysely";
import { columnTypes, isPostgres, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("cloudtrail_batches")
    .addColumn("position", isPostgres(db) ? integer : sql`integer`, (column) => column.primaryKey().notNull())
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("slot", integer, required)
    .addColumn("hash", bytes, required)
    .addColumn("decision", bytes)
    .addColumn("events", bytes, required)
    .execute();
  await db.schema
    .createIndex("cloudtrail_batches_by_slot")
    .on("cloudtrail_batches")
    .columns(["account", "region", "slot"])
    .execute();
  await db.schema
    .createIndex("cloudtrail_batches_denied")
    .on("cloudtrail_batches")
    .columns(["slot", "position"])
    .where(sql<boolean>`decision is not null`)
    .execute();
  await db.schema
    .createTable("cloudtrail_terms")
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("term", text, required)
    .addColumn("second", integer, required)
    .addPrimaryKeyConstraint("cloudtrail_terms_by_term", ["account", "region", "term", "second"])
    .$call((table) => (isPostgres(db) ? table : table.modifyEnd(sql`without rowid`)))
    .execute();
  await db.schema
    .createTable("cloudtrail_streams")
    .addColumn("stream", integer, (column) => column.primaryKey().notNull())
    .addColumn("written", integer, required)
    .addColumn("cut_bytes", integer, (column) => column.notNull().defaultTo(0))
    .addColumn("head", bytes, required)
    .addColumn("cut", bytes)
    .execute();
  await db.schema
    .createTable("cloudtrail_pending")
    .addColumn("event_id", text, (column) => column.primaryKey().notNull())
    .addColumn("event", bytes, required)
    .execute();
}
