import type { Kysely } from "kysely";
import { columnTypes } from "../columns.ts";

export interface SsmPolicyTables {
  ssm_settings: {
    account: string;
    region: string;
    /** `/ssm/parameter-store/…` */
    setting_id: string;
    value: string;
    modified_at: number;
    /** ARN. */
    modified_by: string;
  };
}

/** Columns that `003-ssm` did not have yet. */
export interface SsmParameterPolicyColumns {
  /** By the Expiration policy; from then on the parameter counts as gone. */
  expires_at: number | null;
  /** When the next notification of its policies is due. */
  notice_at: number | null;
  /** UTF-8. */
  resource_policy: Uint8Array | null;
  /** Of the resource policy. */
  policy_id: string | null;
}

/** Columns that `003-ssm` did not have yet. */
export interface SsmVersionPolicyColumns {
  /** UTF-8 JSON list of the parameter policies' texts and statuses. */
  policies: Uint8Array | null;
}

// biome-ignore lint/suspicious/noExplicitAny: a migration knows no tables but its own
export async function up(db: Kysely<any>): Promise<void> {
  const { text, bytes, integer } = columnTypes(db);
  await db.schema.alterTable("ssm_parameters").addColumn("expires_at", integer).execute();
  await db.schema.alterTable("ssm_parameters").addColumn("notice_at", integer).execute();
  await db.schema.alterTable("ssm_parameters").addColumn("resource_policy", bytes).execute();
  await db.schema.alterTable("ssm_parameters").addColumn("policy_id", text).execute();
  await db.schema.alterTable("ssm_versions").addColumn("policies", bytes).execute();
  for (const column of ["expires_at", "notice_at"]) {
    await db.schema.createIndex(`ssm_parameters_${column}`).on("ssm_parameters").column(column).execute();
  }
  await db.schema
    .createTable("ssm_settings")
    .addColumn("account", text, (column) => column.notNull())
    .addColumn("region", text, (column) => column.notNull())
    .addColumn("setting_id", text, (column) => column.notNull())
    .addColumn("value", text, (column) => column.notNull())
    .addColumn("modified_at", integer, (column) => column.notNull())
    .addColumn("modified_by", text, (column) => column.notNull())
    .addPrimaryKeyConstraint("ssm_settings_pk", ["account", "region", "setting_id"])
    .execute();
}
