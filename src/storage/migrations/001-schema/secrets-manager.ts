import type { Kysely } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("sm_secrets")
    .addColumn("arn", text, (column) => column.notNull().primaryKey())
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("description", bytes)
    .addColumn("kms_key_id", text)
    .addColumn("tags", text)
    .addColumn("resource_policy", text)
    .addColumn("stages", text, required)
    .addColumn("current_version_id", text)
    .addColumn("created_at", integer, required)
    .addColumn("changed_at", integer, required)
    .addColumn("accessed_on", integer, required)
    .addColumn("deletes_at", integer)
    .addColumn("primary_region", text)
    .addColumn("replicas", text)
    .addUniqueConstraint("sm_secrets_name", ["account", "region", "name"])
    .execute();
  for (const column of ["created_at", "changed_at", "accessed_on"]) {
    await db.schema
      .createIndex(`sm_secrets_${column}`)
      .on("sm_secrets")
      .columns(["account", "region", column, "name"])
      .execute();
  }
  await db.schema.createIndex("sm_secrets_deletes_at").on("sm_secrets").column("deletes_at").execute();
  await db.schema
    .createTable("sm_versions")
    .addColumn("arn", text, required)
    .addColumn("version_id", text, required)
    .addColumn("kind", text, required)
    .addColumn("value", bytes, required)
    .addColumn("key_arn", text)
    .addColumn("created_at", integer, required)
    .addColumn("accessed_on", integer, required)
    .addPrimaryKeyConstraint("sm_versions_pk", ["arn", "version_id"])
    .execute();
  await db.schema
    .createTable("sm_previous_values")
    .addColumn("arn", text, required)
    .addColumn("version_id", text, required)
    .addColumn("key_arn", text)
    .addColumn("value", bytes, required)
    .addColumn("replaced_at", integer, required)
    .execute();
  await db.schema
    .createIndex("sm_previous_values_version")
    .on("sm_previous_values")
    .columns(["arn", "version_id"])
    .execute();
  await db.schema
    .createTable("sm_rotations")
    .addColumn("arn", text, (column) => column.primaryKey().notNull())
    .addColumn("enabled", integer, required)
    .addColumn("function_arn", text, required)
    .addColumn("rules", text)
    .addColumn("last_rotated_at", integer)
    .addColumn("rotates_at", integer)
    .addColumn("token", text)
    .addColumn("kind", text)
    .addColumn("step", text)
    .addColumn("attempts", integer)
    .addColumn("started", integer)
    .addColumn("due_at", integer)
    .addColumn("lease", text)
    .addColumn("leased_until", integer)
    .execute();
  for (const column of ["rotates_at", "due_at"]) {
    await db.schema.createIndex(`sm_rotations_${column}`).on("sm_rotations").column(column).execute();
  }
}
