import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface SsmTables {
  ssm_parameters: {
    account: string;
    region: string;
    name: string;
    version: number;
    type: string;
    tier: string;
    data_type: string;
    description: string | null;
    allowed_pattern: string | null;
    /** ARN or alias as it was given; null unless a SecureString. */
    key_id: string | null;
    /** UTF-8; the KMS ciphertext of a SecureString. */
    value: Uint8Array;
    modified_at: number;
    modified_by: string;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("ssm_parameters")
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("version", integer, (column) => column.notNull())
    .addColumn("type", text, (column) => column.notNull())
    .addColumn("tier", text, (column) => column.notNull())
    .addColumn("data_type", text, (column) => column.notNull())
    .addColumn("description", text)
    .addColumn("allowed_pattern", text)
    .addColumn("key_id", text)
    .addColumn("value", bytes, (column) => column.notNull())
    .addColumn("modified_at", integer, (column) => column.notNull())
    .addColumn("modified_by", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("ssm_parameters_pk", ["account", "region", "name", "version"])
    .execute();
}
