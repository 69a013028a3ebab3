import type { Kysely } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("iam_entities")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("account", text, required)
    .addColumn("kind", text, required)
    .addColumn("name", text, required)
    .addColumn("name_key", text, required)
    .addColumn("path", text, required)
    .addColumn("boundary_arn", text)
    .addColumn("tags", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("trust_policy", text)
    .addColumn("description", text)
    .addColumn("max_session_duration", integer)
    .addUniqueConstraint("iam_entities_name", ["account", "kind", "name_key"])
    .execute();
  await db.schema
    .createTable("iam_inline_policies")
    .addColumn("entity_id", text, required)
    .addColumn("name", text, required)
    .addColumn("document", text, required)
    .addPrimaryKeyConstraint("iam_inline_policies_pk", ["entity_id", "name"])
    .execute();
  await db.schema
    .createTable("iam_attachments")
    .addColumn("entity_id", text, required)
    .addColumn("policy_arn", text, required)
    .addPrimaryKeyConstraint("iam_attachments_pk", ["entity_id", "policy_arn"])
    .execute();
  await db.schema
    .createTable("iam_policies")
    .addColumn("arn", text, (column) => column.primaryKey())
    .addColumn("id", text, required)
    .addColumn("account", text, required)
    .addColumn("name", text, required)
    .addColumn("name_key", text, required)
    .addColumn("path", text, required)
    .addColumn("description", text)
    .addColumn("tags", text, required)
    .addColumn("default_version", integer, required)
    .addColumn("latest_version", integer, required)
    .addColumn("created_at", integer, required)
    .addColumn("updated_at", integer, required)
    .addUniqueConstraint("iam_policies_name", ["account", "name_key"])
    .execute();
  await db.schema
    .createTable("iam_policy_versions")
    .addColumn("policy_arn", text, required)
    .addColumn("version", integer, required)
    .addColumn("document", text, required)
    .addColumn("created_at", integer, required)
    .addPrimaryKeyConstraint("iam_policy_versions_pk", ["policy_arn", "version"])
    .execute();
  await db.schema
    .createTable("iam_access_keys")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("user_id", text, required)
    .addColumn("secret", bytes, required)
    .addColumn("active", integer, required)
    .addColumn("created_at", integer, required)
    .execute();
  await db.schema.createIndex("iam_attachments_policy").on("iam_attachments").column("policy_arn").execute();
  await db.schema.createIndex("iam_entities_boundary").on("iam_entities").column("boundary_arn").execute();
  await db.schema.createIndex("iam_access_keys_user").on("iam_access_keys").column("user_id").execute();
  await db.schema
    .createTable("iam_group_members")
    .addColumn("group_id", text, required)
    .addColumn("user_id", text, required)
    .addPrimaryKeyConstraint("iam_group_members_pk", ["user_id", "group_id"])
    .execute();
  await db.schema.createIndex("iam_group_members_group").on("iam_group_members").column("group_id").execute();
  await db.schema
    .createTable("iam_instance_profiles")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("account", text, required)
    .addColumn("name", text, required)
    .addColumn("name_key", text, required)
    .addColumn("path", text, required)
    .addColumn("tags", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("role_id", text)
    .addUniqueConstraint("iam_instance_profiles_name", ["account", "name_key"])
    .execute();
  await db.schema.createIndex("iam_instance_profiles_role").on("iam_instance_profiles").column("role_id").execute();
  await db.schema
    .createTable("iam_oidc_providers")
    .addColumn("account", text, required)
    .addColumn("url", text, required)
    .addColumn("client_ids", text, required)
    .addColumn("thumbprints", text, required)
    .addColumn("tags", text, required)
    .addColumn("created_at", integer, required)
    .addPrimaryKeyConstraint("iam_oidc_providers_pk", ["account", "url"])
    .execute();
  await db.schema
    .createTable("iam_saml_providers")
    .addColumn("account", text, required)
    .addColumn("name", text, required)
    .addColumn("uuid", text, required)
    .addColumn("metadata", bytes, required)
    .addColumn("entity_id", text, required)
    .addColumn("certificates", text, required)
    .addColumn("encryption_mode", text)
    .addColumn("tags", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("valid_until", integer, required)
    .addPrimaryKeyConstraint("iam_saml_providers_pk", ["account", "name"])
    .execute();
  await db.schema
    .createTable("iam_saml_keys")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("provider_uuid", text, required)
    .addColumn("private_key", bytes, required)
    .addColumn("created_at", integer, required)
    .execute();
  await db.schema.createIndex("iam_saml_keys_provider").on("iam_saml_keys").column("provider_uuid").execute();
  await db.schema
    .createTable("iam_login_profiles")
    .addColumn("user_id", text, (column) => column.primaryKey())
    .addColumn("hashes", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("changed_at", integer, required)
    .addColumn("reset_required", integer, required)
    .execute();
  await db.schema
    .createTable("iam_mfa_devices")
    .addColumn("serial_number", text, (column) => column.primaryKey())
    .addColumn("account", text, required)
    .addColumn("path", text, required)
    .addColumn("name", text, required)
    .addColumn("seed", bytes, required)
    .addColumn("tags", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("user_id", text)
    .addColumn("enabled_at", integer)
    .addColumn("drift", integer, required)
    .addColumn("last_step", integer, required)
    .addColumn("attempt_step", integer, required)
    .addColumn("attempts", integer, required)
    .execute();
  await db.schema.createIndex("iam_mfa_devices_account").on("iam_mfa_devices").column("account").execute();
  await db.schema.createIndex("iam_mfa_devices_user").on("iam_mfa_devices").column("user_id").execute();
  await db.schema
    .createTable("iam_ssh_public_keys")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("user_id", text, required)
    .addColumn("body", text, required)
    .addColumn("active", integer, required)
    .addColumn("created_at", integer, required)
    .execute();
  await db.schema.createIndex("iam_ssh_public_keys_user").on("iam_ssh_public_keys").column("user_id").execute();
  await db.schema
    .createTable("iam_signing_certificates")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("account", text, required)
    .addColumn("user_id", text, required)
    .addColumn("body", text, required)
    .addColumn("fingerprint", text, required)
    .addColumn("active", integer, required)
    .addColumn("created_at", integer, required)
    .addUniqueConstraint("iam_signing_certificates_fingerprint", ["account", "fingerprint"])
    .execute();
  await db.schema
    .createIndex("iam_signing_certificates_user")
    .on("iam_signing_certificates")
    .column("user_id")
    .execute();
  await db.schema
    .createTable("iam_server_certificates")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("account", text, required)
    .addColumn("name", text, required)
    .addColumn("name_key", text, required)
    .addColumn("path", text, required)
    .addColumn("body", text, required)
    .addColumn("chain", text)
    .addColumn("tags", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("expires_at", integer, required)
    .addUniqueConstraint("iam_server_certificates_name", ["account", "name_key"])
    .execute();
  await db.schema
    .createTable("iam_service_credentials")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("user_id", text, required)
    .addColumn("service", text, required)
    .addColumn("service_user_name", text, required)
    .addColumn("active", integer, required)
    .addColumn("created_at", integer, required)
    .addColumn("expires_at", integer)
    .execute();
  await db.schema.createIndex("iam_service_credentials_user").on("iam_service_credentials").column("user_id").execute();
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
    .createTable("iam_token_issuers")
    .addColumn("account", text, (column) => column.primaryKey())
    .addColumn("id", text, (column) => column.notNull().unique())
    .addColumn("address", text, required)
    .addColumn("enabled", integer, required)
    .execute();
  await db.schema
    .createTable("iam_token_keys")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("account", text, required)
    .addColumn("algorithm", text, required)
    .addColumn("public_key", text, required)
    .addColumn("private_key", bytes, required)
    .addColumn("signs_from", integer, required)
    .execute();
  await db.schema.createIndex("iam_token_keys_account").on("iam_token_keys").column("account").execute();
  await db.schema
    .createTable("iam_uses")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("used_at", integer, required)
    .addColumn("service", text, required)
    .addColumn("region", text, required)
    .execute();
  await db.schema
    .createTable("iam_deletion_tasks")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("account", text, required)
    .addColumn("created_at", integer, required)
    .execute();
  await db.schema
    .createTable("iam_last_accessed_jobs")
    .addColumn("id", text, (column) => column.primaryKey().notNull())
    .addColumn("account", text, required)
    .addColumn("requester", text, required)
    .addColumn("granularity", text, required)
    .addColumn("created_at", integer, required)
    .addColumn("subject", text, required)
    .addColumn("completed_at", integer)
    .addColumn("calls", text)
    .execute();
}
