import { type Kysely, PostgresAdapter, sql } from "kysely";
import { columnTypes } from "../columns.ts";

export interface AuditTables {
  /** Events written together, of one account, region and slot of time. Chained by hash, each process's apart from others'. */
  cloudtrail_batches: {
    /** The stream's number and that of the batch's last event in it. */
    position: number;
    account: string;
    region: string;
    /** The 20 ms in which its events were made, counted from 1970. */
    slot: number;
    hash: Uint8Array;
    /** What a denial was decided on: UTF-8 JSON. Such a batch has one event. */
    decision: Uint8Array | null;
    /** The events, whole: UTF-8 JSON lines. Last, so that the others are read without it. */
    events: Uint8Array;
  };
  /** In which seconds there are events with an attribute. Many events of one second share a row. */
  cloudtrail_terms: { account: string; region: string; term: string; second: number };
  /** One row a process that has written, and one with the number 0 that tells how many there are. */
  cloudtrail_streams: {
    stream: number;
    /** Bytes written to the stream, and those of them that were cut off its beginning. */
    written: number;
    cut_bytes: number;
    /** Number and hash of the last event, sealed. */
    head: Uint8Array;
    /** Number and hash of the last event that retention removed, sealed. */
    cut: Uint8Array | null;
  };
  /** Events of services that were recorded with what they tell of, and are still to be chained: sealed JSON. */
  cloudtrail_pending: { event_id: string; event: Uint8Array };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema.dropTable("cloudtrail_events").execute();
  await db.schema
    .createTable("cloudtrail_batches")
    .addColumn("position", isPostgres(db) ? integer : sql`integer`, (column) => column.primaryKey().notNull())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("slot", integer, (column) => column.notNull())
    .addColumn("hash", bytes, (column) => column.notNull())
    .addColumn("decision", bytes)
    .addColumn("events", bytes, (column) => column.notNull())
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
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("term", text, (column) => column.notNull())
    .addColumn("second", integer, (column) => column.notNull())
    .addPrimaryKeyConstraint("cloudtrail_terms_by_term", ["account", "region", "term", "second"])
    .$call((table) => (isPostgres(db) ? table : table.modifyEnd(sql`without rowid`)))
    .execute();
  await db.schema
    .createTable("cloudtrail_streams")
    .addColumn("stream", integer, (column) => column.primaryKey().notNull())
    .addColumn("written", integer, (column) => column.notNull())
    .addColumn("cut_bytes", integer, (column) => column.notNull().defaultTo(0))
    .addColumn("head", bytes, (column) => column.notNull())
    .addColumn("cut", bytes)
    .execute();
  await db.schema
    .createTable("cloudtrail_pending")
    .addColumn("event_id", text, (column) => column.primaryKey().notNull())
    .addColumn("event", bytes, (column) => column.notNull())
    .execute();
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function isPostgres(db: Kysely<any>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
