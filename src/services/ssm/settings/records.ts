import type { ParameterTier } from "@aws-sdk/client-ssm";
import type { Database } from "../../../storage/database.ts";
import { prepared } from "../../../storage/prepared.ts";
import type { Scope } from "../parameters/parameter.ts";

/** A setting that an account has changed. */
export interface ServiceSetting {
  readonly value: string;
  readonly modifiedAt: Date;
  /** ARN. */
  readonly modifiedBy: string;
}

export const defaultTierId = "/ssm/parameter-store/default-parameter-tier";

const tiers: readonly ParameterTier[] = ["Standard", "Advanced", "Intelligent-Tiering"];

const findOne = prepared(
  (db, { account, region, id }: Scope & { readonly id: string }) =>
    db
      .selectFrom("ssm_settings")
      .select(["value", "modified_at", "modified_by"])
      .where("account", "=", account)
      .where("region", "=", region)
      .where("setting_id", "=", id),
  ([row]): ServiceSetting | undefined =>
    row && { value: row.value, modifiedAt: new Date(row.modified_at), modifiedBy: row.modified_by },
);

/** The SQL of service settings. */
export function settingRecords({ db }: Pick<Database, "db">) {
  const find = ({ account, region }: Scope, id: string) => findOne(db, { account, region, id });
  return {
    /** `undefined` if the setting has its default. */
    find,

    /** The tier of parameters that are put without one. */
    async defaultTier(scope: Scope): Promise<ParameterTier> {
      const value = (await find(scope, defaultTierId))?.value;
      return tiers.find((tier) => tier === value) ?? "Standard";
    },

    async put({ account, region }: Scope, id: string, setting: ServiceSetting): Promise<void> {
      const set = {
        value: setting.value,
        modified_at: setting.modifiedAt.getTime(),
        modified_by: setting.modifiedBy,
      };
      await db
        .insertInto("ssm_settings")
        .values({ account, region, setting_id: id, ...set })
        .onConflict((conflict) => conflict.columns(["account", "region", "setting_id"]).doUpdateSet(set))
        .execute();
    },

    async reset({ account, region }: Scope, id: string): Promise<void> {
      await db
        .deleteFrom("ssm_settings")
        .where("account", "=", account)
        .where("region", "=", region)
        .where("setting_id", "=", id)
        .execute();
    },
  };
}
