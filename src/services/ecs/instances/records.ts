import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Instance } from "../model.ts";

export function instanceRecords(db: Kysely<Tables>) {
  const read = (row: { document: string; session_id: string | null }): Instance => ({
    ...JSON.parse(row.document),
    sessionId: row.session_id ?? undefined,
  });
  return {
    async find(arn: string): Promise<Instance | undefined> {
      const row = await db
        .selectFrom("ecs_instances")
        .select(["document", "session_id"])
        .where("arn", "=", arn)
        .executeTakeFirst();
      return row && read(row);
    },
    /** Without the session, which `connect` and `disconnect` write. */
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
    /** Unless the instance is connected anew. */
    async disconnect(arn: string, sessionId: string): Promise<void> {
      await db
        .updateTable("ecs_instances")
        .set({ session_id: null })
        .where("arn", "=", arn)
        .where("session_id", "=", sessionId)
        .execute();
    },
    /** For a control plane that has just started: whoever was connected no longer is. */
    async disconnectAll(): Promise<void> {
      await db.updateTable("ecs_instances").set({ session_id: null }).execute();
    },
    /** Those of a cluster that are not deregistered, in the order of their ARNs. */
    async ofCluster(clusterArn: string): Promise<readonly Instance[]> {
      const rows = await db
        .selectFrom("ecs_instances")
        .select(["document", "session_id"])
        .where("cluster_arn", "=", clusterArn)
        .where("status", "!=", "INACTIVE")
        .orderBy("arn")
        .execute();
      return rows.map(read);
    },
  };
}
