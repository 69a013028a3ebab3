import type { Kysely } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("kms_keys")
    .addColumn("region", text, required)
    .addColumn("key_id", text, required)
    .addColumn("account", text, required)
    .addColumn("manager", text, required)
    .addColumn("state", text, required)
    .addColumn("spec", text, required)
    .addColumn("key_usage", text, required)
    .addColumn("origin", text, required)
    .addColumn("primary_region", text)
    .addColumn("description", bytes, required)
    .addColumn("policy", text, required)
    .addColumn("tags", text, required)
    .addColumn("material_version", integer, required)
    .addColumn("material_id", text)
    .addColumn("valid_to", integer)
    .addColumn("material_secret", bytes)
    .addColumn("rotation_period", integer)
    .addColumn("rotates_at", integer)
    .addColumn("created_at", integer, required)
    .addColumn("deletion_at", integer)
    .addColumn("deletion_window", integer)
    .addPrimaryKeyConstraint("kms_keys_by_id", ["key_id", "region"])
    .execute();
  await db.schema.createIndex("kms_keys_by_account").on("kms_keys").columns(["account", "region", "key_id"]).execute();
  await db.schema.createIndex("kms_keys_deletion_at").on("kms_keys").column("deletion_at").execute();
  await db.schema.createIndex("kms_keys_rotates_at").on("kms_keys").column("rotates_at").execute();
  await db.schema
    .createTable("kms_key_materials")
    .addColumn("region", text, required)
    .addColumn("key_id", text, required)
    .addColumn("version", integer, required)
    .addColumn("material_id", text, required)
    .addColumn("sealed", bytes)
    .addColumn("description", text)
    .addColumn("valid_to", integer)
    .addColumn("rotated_at", integer)
    .addColumn("rotation_type", text)
    .addColumn("created_at", integer, required)
    .addPrimaryKeyConstraint("kms_key_materials_by_id", ["key_id", "region", "version"])
    .execute();
  await db.schema.createIndex("kms_key_materials_valid_to").on("kms_key_materials").column("valid_to").execute();
  await db.schema
    .createTable("kms_aliases")
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("key_id", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("updated_at", integer, required)
    .addPrimaryKeyConstraint("kms_aliases_pk", ["account", "region", "name"])
    .execute();
  await db.schema.createIndex("kms_aliases_by_key").on("kms_aliases").column("key_id").execute();
  await db.schema
    .createTable("kms_grants")
    .addColumn("region", text, required)
    .addColumn("key_id", text, required)
    .addColumn("grant_id", text, required)
    .addColumn("issuing_account", text, required)
    .addColumn("name", text)
    .addColumn("grantee", text, required)
    .addColumn("retiring", text)
    .addColumn("operations", text, required)
    .addColumn("constraint", text)
    .addColumn("created_at", integer, required)
    .addPrimaryKeyConstraint("kms_grants_pk", ["region", "key_id", "grant_id"])
    .execute();
  await db.schema
    .createIndex("kms_grants_by_grantee")
    .on("kms_grants")
    .columns(["region", "key_id", "grantee", "grant_id"])
    .execute();
  await db.schema
    .createIndex("kms_grants_by_retiring")
    .on("kms_grants")
    .columns(["retiring", "region", "grant_id"])
    .execute();
  await db.schema
    .createTable("kms_key_usages")
    .addColumn("region", text, required)
    .addColumn("key_id", text, required)
    .addColumn("tracked_since", integer)
    .addColumn("operation", text)
    .addColumn("used_at", integer)
    .addColumn("request_id", text)
    .addColumn("event_id", text)
    .addPrimaryKeyConstraint("kms_key_usages_by_key", ["key_id", "region"])
    .execute();
}
