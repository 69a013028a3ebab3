import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { nothingReserved, type Reserved } from "../placement/reserved.ts";
import type { Instance } from "./instance.ts";

/** The part of an instance that changes often. */
export type InstanceLoad = Pick<Instance, "arn" | "sessionId" | "reserved"> & { readonly isActive: boolean };

export function instanceRecords(db: Kysely<Tables>) {
  const read = (row: {
    document: string;
    registrant: string;
    session_id: string | null;
    reserved: string;
  }): Instance => ({
    ...JSON.parse(row.document),
    registrant: row.registrant,
    sessionId: row.session_id ?? undefined,
    reserved: JSON.parse(row.reserved),
  });
  const rows = () => db.selectFrom("ecs_instances").select(["document", "registrant", "session_id", "reserved"]);
  const arns = () => db.selectFrom("ecs_instances").select("arn");
  return {
    async find(arn: string): Promise<Instance | undefined> {
      const row = await rows().where("arn", "=", arn).executeTakeFirst();
      return row && read(row);
    },
    async findAll(arns: readonly string[]): Promise<readonly Instance[]> {
      if (arns.length === 0) return [];
      return (await rows().where("arn", "in", arns).execute()).map(read);
    },
    /** True if there is an instance of that ARN, deregistered or not. */
    async isThere(arn: string): Promise<boolean> {
      return (await arns().where("arn", "=", arn).executeTakeFirst()) !== undefined;
    },
    /**
     * Stores all but the session, which has records of its own, and the reservations of a known instance. An instance keeps
     * its registrant.
     */
    async put({ sessionId: _, reserved: __, registrant, ...instance }: Instance): Promise<void> {
      const row = { status: instance.status, document: JSON.stringify(instance) };
      const { clusterArn: cluster_arn } = instance;
      const fresh = {
        cluster_arn,
        registrant,
        session_id: null,
        replica: null,
        reserved: JSON.stringify(nothingReserved),
      };
      await db
        .insertInto("ecs_instances")
        .values({ arn: instance.arn, ...fresh, ...row })
        .onConflict((conflict) => conflict.column("arn").doUpdateSet(row))
        .execute();
    },
    async reservedOf(arn: string): Promise<Reserved | undefined> {
      const row = await db.selectFrom("ecs_instances").select("reserved").where("arn", "=", arn).executeTakeFirst();
      return row && JSON.parse(row.reserved);
    },
    async setReserved(arn: string, reserved: Reserved): Promise<void> {
      await db
        .updateTable("ecs_instances")
        .set({ reserved: JSON.stringify(reserved) })
        .where("arn", "=", arn)
        .execute();
    },
    /** True if a user or a role, by its unique id, has ever registered an instance. */
    async hasRegistered(entity: string): Promise<boolean> {
      const row = await arns()
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
    /** As `ofCluster`, without their documents. */
    async loadsOf(clusterArn: string): Promise<readonly InstanceLoad[]> {
      const found = await db
        .selectFrom("ecs_instances")
        .select(["arn", "status", "session_id", "reserved"])
        .where("cluster_arn", "=", clusterArn)
        .where("status", "!=", "INACTIVE")
        .execute();
      return found.map(({ arn, status, session_id, reserved }) => ({
        arn,
        isActive: status === "ACTIVE",
        sessionId: session_id ?? undefined,
        reserved: JSON.parse(reserved),
      }));
    },
    async drainingOf(clusterArn: string): Promise<readonly string[]> {
      const found = await arns().where("cluster_arn", "=", clusterArn).where("status", "=", "DRAINING").execute();
      return found.map(({ arn }) => arn);
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
