import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Scope } from "../arns.ts";
import type { Cluster } from "../model.ts";

export function clusterRecords(db: Kysely<Tables>) {
  return {
    async find(arn: string): Promise<Cluster | undefined> {
      const row = await db.selectFrom("ecs_clusters").select("document").where("arn", "=", arn).executeTakeFirst();
      return row && JSON.parse(row.document);
    },
    async put(scope: Scope, cluster: Cluster): Promise<void> {
      const { arn, name, status } = cluster;
      const row = { name, status, document: JSON.stringify(cluster) };
      await db
        .insertInto("ecs_clusters")
        .values({ arn, account: scope.account, region: scope.region, ...row })
        .onConflict((conflict) => conflict.column("arn").doUpdateSet(row))
        .execute();
    },
    /** ARNs of the active ones after `after`, in order. */
    async list(scope: Scope, limit: number, after: string): Promise<readonly string[]> {
      const rows = await db
        .selectFrom("ecs_clusters")
        .select("arn")
        .where("account", "=", scope.account)
        .where("region", "=", scope.region)
        .where("status", "=", "ACTIVE")
        .where("arn", ">", after)
        .orderBy("arn")
        .limit(limit)
        .execute();
      return rows.map(({ arn }) => arn);
    },
  };
}
