import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface IamTables {
  /** Roles, users and groups: who policies are attached to. */
  iam_entities: {
    /** `AROA…`, `AIDA…` or `AGPA…`; never given again, so that a role made anew is another. */
    id: string;
    account: string;
    kind: "role" | "user" | "group";
    name: string;
    /** The name in lower case: names must differ in more than case. */
    name_key: string;
    path: string;
    boundary_arn: string | null;
    /** JSON object. */
    tags: string;
    created_at: number;
    /** Of roles only, like the two that follow. */
    trust_policy: string | null;
    description: string | null;
    /** Seconds. */
    max_session_duration: number | null;
  };
  iam_inline_policies: { entity_id: string; name: string; document: string };
  iam_attachments: { entity_id: string; policy_arn: string };
  /** Customer managed policies; those of AWS are files. */
  iam_policies: {
    arn: string;
    id: string;
    account: string;
    name: string;
    name_key: string;
    path: string;
    description: string | null;
    tags: string;
    default_version: number;
    /** Greatest version ever given; numbers are not used again. */
    latest_version: number;
    created_at: number;
    updated_at: number;
  };
  iam_policy_versions: { policy_arn: string; version: number; document: string; created_at: number };
  iam_access_keys: {
    id: string;
    user_id: string;
    /** Sealed by the keyring. */
    secret: Uint8Array;
    active: number;
    created_at: number;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("iam_entities")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("kind", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("name_key", text, (column) => column.notNull())
    .addColumn("path", text, (column) => column.notNull())
    .addColumn("boundary_arn", text)
    .addColumn("tags", text, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("trust_policy", text)
    .addColumn("description", text)
    .addColumn("max_session_duration", integer)
    .addUniqueConstraint("iam_entities_name", ["account", "kind", "name_key"])
    .execute();
  await db.schema
    .createTable("iam_inline_policies")
    .addColumn("entity_id", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("document", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("iam_inline_policies_pk", ["entity_id", "name"])
    .execute();
  await db.schema
    .createTable("iam_attachments")
    .addColumn("entity_id", text, (column) => column.notNull())
    .addColumn("policy_arn", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("iam_attachments_pk", ["entity_id", "policy_arn"])
    .execute();
  await db.schema
    .createTable("iam_policies")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("id", text, (column) => column.notNull())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("name_key", text, (column) => column.notNull())
    .addColumn("path", text, (column) => column.notNull())
    .addColumn("description", text)
    .addColumn("tags", text, (column) => column.notNull())
    .addColumn("default_version", integer, (column) => column.notNull())
    .addColumn("latest_version", integer, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("updated_at", integer, (column) => column.notNull())
    .addUniqueConstraint("iam_policies_name", ["account", "name_key"])
    .execute();
  await db.schema
    .createTable("iam_policy_versions")
    .addColumn("policy_arn", text, (column) => column.notNull())
    .addColumn("version", integer, (column) => column.notNull())
    .addColumn("document", text, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addPrimaryKeyConstraint("iam_policy_versions_pk", ["policy_arn", "version"])
    .execute();
  await db.schema
    .createTable("iam_access_keys")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("user_id", text, (column) => column.notNull())
    .addColumn("secret", bytes, (column) => column.notNull())
    .addColumn("active", integer, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .execute();
  await db.schema.createIndex("iam_attachments_policy").on("iam_attachments").column("policy_arn").execute();
  await db.schema.createIndex("iam_entities_boundary").on("iam_entities").column("boundary_arn").execute();
  await db.schema.createIndex("iam_access_keys_user").on("iam_access_keys").column("user_id").execute();
}
