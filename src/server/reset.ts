import type { Database } from "../storage/database.ts";
import type { Tables } from "../storage/migrations/index.ts";

/** Named one by one, because a PostgreSQL database may also hold tables of others. */
const tables: Readonly<Record<Exclude<keyof Tables, "installation">, true>> = {
  kms_keys: true,
  kms_key_materials: true,
  kms_aliases: true,
  kms_grants: true,
  kms_key_usages: true,
  iam_entities: true,
  iam_inline_policies: true,
  iam_attachments: true,
  iam_policies: true,
  iam_policy_versions: true,
  iam_access_keys: true,
  iam_group_members: true,
  iam_instance_profiles: true,
  iam_oidc_providers: true,
  iam_saml_providers: true,
  iam_login_profiles: true,
  iam_accounts: true,
  iam_uses: true,
  iam_deletion_tasks: true,
  iam_last_accessed_jobs: true,
  ssm_parameters: true,
  ssm_versions: true,
  ssm_labels: true,
  ssm_settings: true,
  sm_secrets: true,
  sm_versions: true,
  sm_previous_values: true,
  sm_rotations: true,
  ecs_clusters: true,
  ecs_task_definitions: true,
  ecs_instances: true,
  ecs_tasks: true,
  ecs_services: true,
  ecs_tags: true,
  cloudtrail_batches: true,
  accounts: true,
  account_requests: true,
  cloudtrail_terms: true,
  cloudtrail_streams: true,
  cloudtrail_pending: true,
};

/** Deletes every row of every service's tables; the schema stays, and what tells the root key. */
export async function emptyDatabase({ transaction }: Database): Promise<void> {
  await transaction(async (open) => {
    for (const table of Object.keys(tables) as (keyof typeof tables)[]) await open.deleteFrom(table).execute();
  });
}
