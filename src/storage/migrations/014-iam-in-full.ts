import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface IamInFullTables {
  /** Groups and users are entities. */
  iam_group_members: { group_id: string; user_id: string };
  iam_instance_profiles: {
    /** `AIPA…`. */
    id: string;
    account: string;
    name: string;
    /** The name in lower case: names must differ in more than case. */
    name_key: string;
    path: string;
    /** JSON object. */
    tags: string;
    created_at: number;
    /** It has one role at most. */
    role_id: string | null;
  };
  iam_oidc_providers: {
    account: string;
    /** Without its scheme: what the provider's ARN ends in. */
    url: string;
    /** JSON arrays. */
    client_ids: string;
    thumbprints: string;
    tags: string;
    created_at: number;
  };
  iam_saml_providers: {
    account: string;
    name: string;
    uuid: string;
    metadata: Uint8Array;
    encryption_mode: string | null;
    tags: string;
    created_at: number;
    valid_until: number;
  };
  iam_login_profiles: {
    user_id: string;
    /** JSON array of password hashes; the first is that of the password, the others of those before it. */
    hashes: string;
    created_at: number;
    changed_at: number;
    reset_required: number;
  };
  /** What an account has once; a row is made with the first of it. */
  iam_accounts: {
    account: string;
    alias: string | null;
    /** JSON object. */
    password_policy: string | null;
    credential_report: Uint8Array | null;
    credential_report_at: number | null;
    /** Of session tokens of the global endpoint, 1 or 2; null for 1. */
    token_version: number | null;
  };
  /** When access keys and roles were last used. */
  iam_uses: { id: string; used_at: number; service: string; region: string };
  /** Deletions of service-linked roles, all done. */
  iam_deletion_tasks: { id: string; account: string; created_at: number };
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("iam_group_members")
    .addColumn("group_id", text, (column) => column.notNull())
    .addColumn("user_id", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("iam_group_members_pk", ["user_id", "group_id"])
    .execute();
  await db.schema.createIndex("iam_group_members_group").on("iam_group_members").column("group_id").execute();
  await db.schema
    .createTable("iam_instance_profiles")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("name_key", text, (column) => column.notNull())
    .addColumn("path", text, (column) => column.notNull())
    .addColumn("tags", text, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("role_id", text)
    .addUniqueConstraint("iam_instance_profiles_name", ["account", "name_key"])
    .execute();
  await db.schema.createIndex("iam_instance_profiles_role").on("iam_instance_profiles").column("role_id").execute();
  await db.schema
    .createTable("iam_oidc_providers")
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("url", text, (column) => column.notNull())
    .addColumn("client_ids", text, (column) => column.notNull())
    .addColumn("thumbprints", text, (column) => column.notNull())
    .addColumn("tags", text, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addPrimaryKeyConstraint("iam_oidc_providers_pk", ["account", "url"])
    .execute();
  await db.schema
    .createTable("iam_saml_providers")
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("uuid", text, (column) => column.notNull())
    .addColumn("metadata", bytes, (column) => column.notNull())
    .addColumn("encryption_mode", text)
    .addColumn("tags", text, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("valid_until", integer, (column) => column.notNull())
    .addPrimaryKeyConstraint("iam_saml_providers_pk", ["account", "name"])
    .execute();
  await db.schema
    .createTable("iam_login_profiles")
    .addColumn("user_id", text, (column) => column.primaryKey())
    .addColumn("hashes", text, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .addColumn("changed_at", integer, (column) => column.notNull())
    .addColumn("reset_required", integer, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("iam_accounts")
    .addColumn("account", text, (column) => column.primaryKey())
    .addColumn("alias", text, (column) => column.unique())
    .addColumn("password_policy", text)
    .addColumn("credential_report", bytes)
    .addColumn("credential_report_at", integer)
    .addColumn("token_version", integer)
    .execute();
  await db.schema
    .createTable("iam_uses")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("used_at", integer, (column) => column.notNull())
    .addColumn("service", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("iam_deletion_tasks")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("created_at", integer, (column) => column.notNull())
    .execute();
}
