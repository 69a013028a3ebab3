import { type Kysely, sql } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("logs_groups")
    .addColumn("group_id", text, (column) => column.primaryKey().notNull())
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("retention_days", integer)
    .addColumn("class", text, required)
    .addColumn("deletion_protected", integer, required)
    .addColumn("tags", text, required)
    .addColumn("key_id", text, required)
    .addColumn("kms_key_arn", text)
    .addUniqueConstraint("logs_groups_name", ["account", "region", "name"])
    .execute();
  await db.schema
    .createTable("logs_keys")
    .addColumn("key_id", text, (column) => column.primaryKey().notNull())
    .addColumn("group_id", text, required)
    .addColumn("kms_key_arn", text)
    .addColumn("sealed", bytes)
    .addColumn("ciphertext", bytes)
    .execute();
  await db.schema
    .createTable("logs_streams")
    .addColumn("stream_id", text, (column) => column.primaryKey().notNull())
    .addColumn("group_id", text, required)
    .addColumn("name", text, required)
    .addColumn("created_at", integer, required)
    .addUniqueConstraint("logs_streams_name", ["group_id", "name"])
    .execute();
  await db.schema
    .createTable("logs_batches")
    .addColumn("batch_id", text, (column) => column.primaryKey().notNull())
    .addColumn("group_id", text, required)
    .addColumn("stream_id", text, required)
    .addColumn("key_id", text, required)
    .addColumn("first_at", integer, required)
    .addColumn("last_at", integer, required)
    .addColumn("ingested_at", integer, required)
    .addColumn("events", integer, required)
    .addColumn("size", integer, required)
    .addColumn("invocation", text)
    .addColumn("data", bytes, required)
    .addUniqueConstraint("logs_batches_invocation", ["stream_id", "invocation"])
    .execute();
  for (const [owner, column] of [
    ["stream_id", "first_at"],
    ["stream_id", "last_at"],
    ["group_id", "first_at"],
    ["group_id", "last_at"],
    ["group_id", "ingested_at"],
  ] as const) {
    await db.schema
      .createIndex(`logs_batches_${owner}_${column}`)
      .on("logs_batches")
      .columns([owner, column])
      .execute();
  }
  // Of what may be merged.
  await sql`create index logs_batches_small on logs_batches (stream_id, key_id, group_id, ingested_at)
    where size < 262144`.execute(db);
  for (const table of ["logs_streams", "logs_keys"] as const) {
    await db.schema.createIndex(`${table}_group`).on(table).column("group_id").execute();
  }
  await db.schema
    .createTable("logs_metric_filters")
    .addColumn("group_id", text, required)
    .addColumn("name", text, required)
    .addColumn("pattern", bytes, required)
    .addColumn("transformations", bytes, required)
    .addColumn("created_at", integer, required)
    .addPrimaryKeyConstraint("logs_metric_filters_pk", ["group_id", "name"])
    .execute();
  await db.schema
    .createTable("logs_subscription_filters")
    .addColumn("group_id", text, required)
    .addColumn("name", text, required)
    .addColumn("pattern", bytes, required)
    .addColumn("destination_arn", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("delivered_to", integer, required)
    .addColumn("delivered", text, required)
    .addPrimaryKeyConstraint("logs_subscription_filters_pk", ["group_id", "name"])
    .execute();
  await db.schema
    .createTable("logs_queries")
    .addColumn("query_id", text, (column) => column.primaryKey().notNull())
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("status", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("touched_at", integer, required)
    .addColumn("statistics", text, required)
    .addColumn("body", bytes, required)
    .addColumn("results", bytes)
    .execute();
  await db.schema
    .createIndex("logs_queries_created_at")
    .on("logs_queries")
    .columns(["account", "region", "created_at"])
    .execute();
  await db.schema
    .createTable("logs_query_definitions")
    .addColumn("definition_id", text, (column) => column.primaryKey().notNull())
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("modified_at", integer, required)
    .addColumn("client_token", text)
    .addColumn("body", bytes, required)
    .addUniqueConstraint("logs_query_definitions_token", ["account", "region", "client_token"])
    .execute();
}
