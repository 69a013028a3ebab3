import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";
import type { SsmParameterPolicyColumns, SsmVersionPolicyColumns } from "./009-ssm-policies.ts";

export interface SsmTables {
  ssm_parameters: SsmParameterPolicyColumns & {
    account: string;
    region: string;
    name: string;
    /** The newest. */
    version: number;
    /** JSON list of key and value. */
    tags: string;
  };
  ssm_versions: SsmVersionPolicyColumns & {
    account: string;
    region: string;
    name: string;
    version: number;
    type: string;
    tier: string;
    data_type: string;
    /** UTF-8. */
    description: Uint8Array | null;
    /** UTF-8. */
    allowed_pattern: Uint8Array | null;
    /** As it was given; null unless a SecureString. */
    key_id: string | null;
    modified_at: number;
    modified_by: string;
    /** UTF-8; the KMS ciphertext of a SecureString. Last, so that the others are read without it. */
    value: Uint8Array;
  };
  /** A label is at one version of its parameter at most. */
  ssm_labels: {
    account: string;
    region: string;
    name: string;
    label: string;
    version: number;
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
    .addColumn("tags", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("ssm_parameters_pk", ["account", "region", "name"])
    .execute();
  await db.schema
    .createTable("ssm_versions")
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("version", integer, (column) => column.notNull())
    .addColumn("type", text, (column) => column.notNull())
    .addColumn("tier", text, (column) => column.notNull())
    .addColumn("data_type", text, (column) => column.notNull())
    .addColumn("description", bytes)
    .addColumn("allowed_pattern", bytes)
    .addColumn("key_id", text)
    .addColumn("modified_at", integer, (column) => column.notNull())
    .addColumn("modified_by", text, (column) => column.notNull())
    .addColumn("value", bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint("ssm_versions_pk", ["account", "region", "name", "version"])
    .execute();
  await db.schema
    .createTable("ssm_labels")
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("label", text, (column) => column.notNull())
    .addColumn("version", integer, (column) => column.notNull())
    .addPrimaryKeyConstraint("ssm_labels_pk", ["account", "region", "name", "label"])
    .execute();
}
