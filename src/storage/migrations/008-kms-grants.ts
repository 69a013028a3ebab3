import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface KmsGrantTables {
  kms_grants: {
    region: string;
    key_id: string;
    grant_id: string;
    /** Whose principal made it; not always the key's. */
    issuing_account: string;
    name: string | null;
    /** ARNs. */
    grantee: string;
    retiring: string | null;
    /** JSON: `[operation, …]`, sorted. */
    operations: string;
    /** JSON: `{kind, context: [[key, value], …]}`, sorted; null where there is none. */
    constraint: string | null;
    created_at: number;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, integer } = columnTypes(db);
  await db.schema
    .createTable("kms_grants")
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("key_id", text, (column) => column.notNull())
    .addColumn("grant_id", text, (column) => column.notNull())
    .addColumn("issuing_account", text, (column) => column.notNull())
    .addColumn("name", text)
    .addColumn("grantee", text, (column) => column.notNull())
    .addColumn("retiring", text)
    .addColumn("operations", text, (column) => column.notNull())
    .addColumn("constraint", text)
    .addColumn("created_at", integer, (column) => column.notNull())
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
}
