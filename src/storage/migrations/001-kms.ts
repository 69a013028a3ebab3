import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

/** Keys and their materials are as `007-kms-key-kinds` made them. */
export interface KmsTables {
  kms_aliases: {
    account: string;
    region: string;
    /** With `alias/`. */
    name: string;
    key_id: string;
    created_at: number;
    updated_at: number;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("kms_keys")
    .addColumn("key_id", text, (column) => column.primaryKey())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("manager", text, (column) => column.notNull())
    .addColumn("state", text, (column) => column.notNull())
    .addColumn("description", bytes, (column) => column.notNull())
    .addColumn("policy", text, (column) => column.notNull())
    .addColumn("tags", text, (column) => column.notNull())
    .addColumn("material_version", integer, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("deletion_at", integer)
    .execute();
  await db.schema.createIndex("kms_keys_by_account").on("kms_keys").columns(["account", "region", "key_id"]).execute();
  await db.schema
    .createTable("kms_key_materials")
    .addColumn("key_id", text, (column) => column.notNull())
    .addColumn("version", integer, (column) => column.notNull())
    .addColumn("sealed", bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint("kms_key_materials_pk", ["key_id", "version"])
    .execute();
  await db.schema
    .createTable("kms_aliases")
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("key_id", text, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("updated_at", integer, (column) => column.notNull())
    .addPrimaryKeyConstraint("kms_aliases_pk", ["account", "region", "name"])
    .execute();
  await db.schema.createIndex("kms_aliases_by_key").on("kms_aliases").column("key_id").execute();
}
