import type { Kysely } from "kysely";
import { columnTypes, required } from "../../columns.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema
    .createTable("ssm_parameters")
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("version", integer, required)
    .addColumn("tags", text, required)
    .addColumn("expires_at", integer)
    .addColumn("notice_at", integer)
    .addColumn("resource_policy", bytes)
    .addColumn("policy_id", text)
    .addPrimaryKeyConstraint("ssm_parameters_pk", ["account", "region", "name"])
    .execute();
  await db.schema
    .createTable("ssm_versions")
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("given_name", text, required)
    .addColumn("version", integer, required)
    .addColumn("type", text, required)
    .addColumn("tier", text, required)
    .addColumn("data_type", text, required)
    .addColumn("description", bytes)
    .addColumn("allowed_pattern", bytes)
    .addColumn("key_id", text)
    .addColumn("modified_at", integer, required)
    .addColumn("modified_by", text, required)
    .addColumn("policies", bytes)
    .addColumn("value", bytes, required)
    .addPrimaryKeyConstraint("ssm_versions_pk", ["account", "region", "name", "version"])
    .execute();
  await db.schema
    .createTable("ssm_labels")
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("name", text, required)
    .addColumn("label", text, required)
    .addColumn("version", integer, required)
    .addPrimaryKeyConstraint("ssm_labels_pk", ["account", "region", "name", "label"])
    .execute();
  for (const column of ["expires_at", "notice_at"]) {
    await db.schema.createIndex(`ssm_parameters_${column}`).on("ssm_parameters").column(column).execute();
  }
  await db.schema
    .createTable("ssm_settings")
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("setting_id", text, required)
    .addColumn("value", text, required)
    .addColumn("modified_at", integer, required)
    .addColumn("modified_by", text, required)
    .addPrimaryKeyConstraint("ssm_settings_pk", ["account", "region", "setting_id"])
    .execute();
  await db.schema
    .createTable("ssm_activations")
    .addColumn("account", text, required)
    .addColumn("region", text, required)
    .addColumn("activation_id", text, required)
    .addColumn("code_hash", bytes, required)
    .addColumn("description", bytes)
    .addColumn("default_instance_name", bytes)
    .addColumn("role", text, required)
    .addColumn("registration_limit", integer, required)
    .addColumn("expires_at", integer, required)
    .addColumn("created_at", integer, required)
    .addColumn("tags", text, required)
    .addPrimaryKeyConstraint("ssm_activations_pk", ["account", "region", "activation_id"])
    .execute();
}
