import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Scope } from "../arns.ts";
import type { Cluster } from "./cluster.ts";

export function clusterRecords(db: Kysely<Tables>) {
  const open = (row: { document: string }): Cluster => JSON.parse(row.document);
  return {
    async find(arn: string): Promise<Cluster | undefined> {
      const row = await db.selectFrom("ecs_clusters").select("document").where("arn", "=", arn).executeTakeFirst();
      return row && open(row);
    },
    async findAll(arns: readonly string[]): Promise<readonly Cluster[]> {
      if (arns.length === 0) return [];
      return (await db.selectFrom("ecs_clusters").select("document").where("arn", "in", arns).execute()).map(open);
    },
    async isActive(arn: string): Promise<boolean> {
      const row = await db.selectFrom("ecs_clusters").select("status").where("arn", "=", arn).executeTakeFirst();
      return row?.status === "ACTIVE";
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
    /** The active ones of an account and Region. */
    async ofScope(scope: Scope): Promise<readonly Cluster[]> {
      const query = db.selectFrom("ecs_clusters").select("document").where("account", "=", scope.account);
      return (await query.where("region", "=", scope.region).where("status", "=", "ACTIVE").execute()).map(open);
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
