import type { SettingName } from "@aws-sdk/client-ecs";
import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Scope } from "../arns.ts";
import type { AccountSetting } from "./account-setting.ts";

export function accountSettingRecords(db: Kysely<Tables>) {
  return {
    /** Those of some principals in a Region. */
    async of({ region }: Scope, principals: readonly string[]): Promise<readonly AccountSetting[]> {
      const rows = await db
        .selectFrom("ecs_account_settings")
        .select(["principal_arn", "name", "value"])
        .where("region", "=", region)
        .where("principal_arn", "in", principals)
        .execute();
      return rows.map(({ principal_arn, name, value }) => ({
        principalArn: principal_arn,
        name: name as SettingName,
        value,
      }));
    },
    async put({ region }: Scope, { principalArn, name, value }: AccountSetting): Promise<void> {
      await db
        .insertInto("ecs_account_settings")
        .values({ principal_arn: principalArn, region, name, value })
        .onConflict((conflict) => conflict.columns(["principal_arn", "region", "name"]).doUpdateSet({ value }))
        .execute();
    },
    async remove({ region }: Scope, principalArn: string, name: SettingName): Promise<void> {
      await db
        .deleteFrom("ecs_account_settings")
        .where("principal_arn", "=", principalArn)
        .where("region", "=", region)
        .where("name", "=", name)
        .execute();
    },
  };
}
