import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Instance } from "./instance.ts";

export function instanceRecords(db: Kysely<Tables>) {
  const read = (row: { document: string; registrant: string; session_id: string | null }): Instance => ({
    ...JSON.parse(row.document),
    registrant: row.registrant,
    sessionId: row.session_id ?? undefined,
  });
  const rows = () => db.selectFrom("ecs_instances").select(["document", "registrant", "session_id"]);
  return {
    async find(arn: string): Promise<Instance | undefined> {
      const row = await rows().where("arn", "=", arn).executeTakeFirst();
      return row && read(row);
    },
    async findAll(arns: readonly string[]): Promise<readonly Instance[]> {
      if (arns.length === 0) return [];
      return (await rows().where("arn", "in", arns).execute()).map(read);
    },
    /** Whether there is one of that ARN, deregistered or not. */
    async isThere(arn: string): Promise<boolean> {
      const row = await db.selectFrom("ecs_instances").select("arn").where("arn", "=", arn).executeTakeFirst();
      return row !== undefined;
    },
    /** Stores all but the session, which has records of its own. An instance keeps its registrant. */
    async put({ sessionId: _, registrant, ...instance }: Instance): Promise<void> {
      const row = { status: instance.status, document: JSON.stringify(instance) };
      await db
        .insertInto("ecs_instances")
        .values({
          arn: instance.arn,
          cluster_arn: instance.clusterArn,
          registrant,
          session_id: null,
          replica: null,
          ...row,
        })
        .onConflict((conflict) => conflict.column("arn").doUpdateSet(row))
        .execute();
    },
    /** Whether a user or a role, by its unique id, has ever registered an instance. */
    async hasRegistered(entity: string): Promise<boolean> {
      const row = await db
        .selectFrom("ecs_instances")
        .select("arn")
        .where((where) =>
          where.or([
            where("registrant", "=", entity),
            // All that begin with the id and a colon.
            where.and([where("registrant", ">=", `${entity}:`), where("registrant", "<", `${entity};`)]),
          ]),
        )
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Those of a cluster that are not deregistered, in the order of their ARNs. */
    async ofCluster(clusterArn: string): Promise<readonly Instance[]> {
      const query = rows().where("cluster_arn", "=", clusterArn).where("status", "!=", "INACTIVE");
      return (await query.orderBy("arn").execute()).map(read);
    },
    /** How many of a cluster are not deregistered. */
    async countOf(clusterArn: string): Promise<number> {
      const { count } = await db
        .selectFrom("ecs_instances")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .where("cluster_arn", "=", clusterArn)
        .where("status", "!=", "INACTIVE")
        .executeTakeFirstOrThrow();
      return count;
    },
  };
}
