import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { ServiceRecord } from "./service.ts";

export function serviceRecords(db: Kysely<Tables>) {
  const open = (row: { document: string }): ServiceRecord => JSON.parse(row.document);
  return {
    async find(arn: string): Promise<ServiceRecord | undefined> {
      const row = await db.selectFrom("ecs_services").select("document").where("arn", "=", arn).executeTakeFirst();
      return row && open(row);
    },
    async findAll(arns: readonly string[]): Promise<readonly ServiceRecord[]> {
      if (arns.length === 0) return [];
      return (await db.selectFrom("ecs_services").select("document").where("arn", "in", arns).execute()).map(open);
    },
    /** True if there is a service of that ARN that is not INACTIVE. */
    async isThere(arn: string): Promise<boolean> {
      const row = await db.selectFrom("ecs_services").select("status").where("arn", "=", arn).executeTakeFirst();
      return row !== undefined && row.status !== "INACTIVE";
    },
    async put(service: ServiceRecord): Promise<void> {
      const row = { status: service.status, document: JSON.stringify(service) };
      await db
        .insertInto("ecs_services")
        .values({ arn: service.arn, cluster_arn: service.clusterArn, name: service.name, ...row })
        .onConflict((conflict) => conflict.column("arn").doUpdateSet(row))
        .execute();
    },
    /** Those of a cluster that are not inactive, after the ARN `after`, in order. */
    async list(clusterArn: string, after: string): Promise<readonly ServiceRecord[]> {
      const rows = await db
        .selectFrom("ecs_services")
        .select("document")
        .where("cluster_arn", "=", clusterArn)
        .where("status", "!=", "INACTIVE")
        .where("arn", ">", after)
        .orderBy("arn")
        .execute();
      return rows.map(open);
    },
    /** ARNs of those that are active. */
    async active(): Promise<readonly string[]> {
      const rows = await db.selectFrom("ecs_services").select("arn").where("status", "=", "ACTIVE").execute();
      return rows.map(({ arn }) => arn);
    },
    /** All that are not inactive: the scheduler looks after them. */
    async scheduled(): Promise<readonly ServiceRecord[]> {
      const rows = await db.selectFrom("ecs_services").select("document").where("status", "!=", "INACTIVE").execute();
      return rows.map(open);
    },
  };
}
