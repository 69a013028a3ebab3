import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Scope } from "../arns.ts";
import type { CapacityProvider } from "./capacity-provider.ts";

export function capacityProviderRecords(db: Kysely<Tables>) {
  const open = (row: { document: string }): CapacityProvider => JSON.parse(row.document);
  const rows = () => db.selectFrom("ecs_capacity_providers").select("document");
  return {
    async find(arn: string): Promise<CapacityProvider | undefined> {
      const row = await rows().where("arn", "=", arn).executeTakeFirst();
      return row && open(row);
    },
    async findAll(arns: readonly string[]): Promise<readonly CapacityProvider[]> {
      if (arns.length === 0) return [];
      return (await rows().where("arn", "in", arns).execute()).map(open);
    },
    async isActive(arn: string): Promise<boolean> {
      return (await rows().where("arn", "=", arn).where("status", "=", "ACTIVE").executeTakeFirst()) !== undefined;
    },
    async put(scope: Scope, provider: CapacityProvider): Promise<void> {
      const row = { status: provider.status, document: JSON.stringify(provider) };
      await db
        .insertInto("ecs_capacity_providers")
        .values({ arn: provider.arn, account: scope.account, region: scope.region, ...row })
        .onConflict((conflict) => conflict.column("arn").doUpdateSet(row))
        .execute();
    },
    /** The active ones of an account and Region, in the order of their ARNs. */
    async list(scope: Scope): Promise<readonly CapacityProvider[]> {
      const query = rows().where("account", "=", scope.account).where("region", "=", scope.region);
      return (await query.where("status", "=", "ACTIVE").orderBy("arn").execute()).map(open);
    },
  };
}
