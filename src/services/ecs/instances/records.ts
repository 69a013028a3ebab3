import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Instance } from "./instance.ts";

export function instanceRecords(db: Kysely<Tables>) {
  const read = (row: { document: string; session_id: string | null }): Instance => ({
    ...JSON.parse(row.document),
    sessionId: row.session_id ?? undefined,
  });
  const rows = () => db.selectFrom("ecs_instances").select(["document", "session_id"]);
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
    /** Stores all but the session, which `connect` and `disconnect` write. */
    async put({ sessionId: _, ...instance }: Instance): Promise<void> {
      const row = { status: instance.status, document: JSON.stringify(instance) };
      await db
        .insertInto("ecs_instances")
        .values({ arn: instance.arn, cluster_arn: instance.clusterArn, session_id: null, ...row })
        .onConflict((conflict) => conflict.column("arn").doUpdateSet(row))
        .execute();
    },
    async connect(arn: string, sessionId: string): Promise<void> {
      await db.updateTable("ecs_instances").set({ session_id: sessionId }).where("arn", "=", arn).execute();
    },
    /** Does nothing where the instance has connected anew. */
    async disconnect(arn: string, sessionId: string): Promise<void> {
      await db
        .updateTable("ecs_instances")
        .set({ session_id: null })
        .where("arn", "=", arn)
        .where("session_id", "=", sessionId)
        .execute();
    },
    /** For a control plane that has just started: it has no connections. */
    async disconnectAll(): Promise<void> {
      await db.updateTable("ecs_instances").set({ session_id: null }).execute();
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
