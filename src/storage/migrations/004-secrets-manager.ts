import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface SecretsManagerTables {
  sm_secrets: {
    arn: string;
    account: string;
    region: string;
    name: string;
    /** UTF-8. */
    description: Uint8Array | null;
    /** As it was given; null for `aws/secretsmanager`. */
    kms_key_id: string | null;
    /** JSON list of key and value; null where the secret never had a tag. */
    tags: string | null;
    resource_policy: string | null;
    /** JSON list of staging label and version. */
    stages: string;
    /** The version that is AWSCURRENT, so that it is found together with the secret. */
    current_version_id: string | null;
    created_at: number;
    changed_at: number;
    /** Start of the day of the last read; 0 for never. */
    accessed_on: number;
    /** End of the recovery window; null unless the secret is marked for deletion. */
    deletes_at: number | null;
  };
  sm_versions: {
    arn: string;
    version_id: string;
    kind: "string" | "binary";
    /** The KMS ciphertext. */
    value: Uint8Array;
    /** Null for `aws/secretsmanager`. */
    key_arn: string | null;
    created_at: number;
    accessed_on: number;
  };
  /** Versions as they were before the secret got another KMS key. */
  sm_previous_values: {
    arn: string;
    version_id: string;
    key_arn: string | null;
    value: Uint8Array;
    /** When it was replaced. */
    replaced_at: number;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("sm_secrets")
    .addColumn("arn", text, (column) => column.notNull().primaryKey())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("description", bytes)
    .addColumn("kms_key_id", text)
    .addColumn("tags", text)
    .addColumn("resource_policy", text)
    .addColumn("stages", text, (column) => column.notNull())
    .addColumn("current_version_id", text)
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("changed_at", integer, (column) => column.notNull())
    .addColumn("accessed_on", integer, (column) => column.notNull())
    .addColumn("deletes_at", integer)
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
    .addColumn("arn", text, (column) => column.notNull())
    .addColumn("version_id", text, (column) => column.notNull())
    .addColumn("kind", text, (column) => column.notNull())
    .addColumn("value", bytes, (column) => column.notNull())
    .addColumn("key_arn", text)
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("accessed_on", integer, (column) => column.notNull())
    .addPrimaryKeyConstraint("sm_versions_pk", ["arn", "version_id"])
    .execute();
  await db.schema
    .createTable("sm_previous_values")
    .addColumn("arn", text, (column) => column.notNull())
    .addColumn("version_id", text, (column) => column.notNull())
    .addColumn("key_arn", text)
    .addColumn("value", bytes, (column) => column.notNull())
    .addColumn("replaced_at", integer, (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex("sm_previous_values_version")
    .on("sm_previous_values")
    .columns(["arn", "version_id"])
    .execute();
}
