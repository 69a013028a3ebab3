import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";

/** The session of an instance with its agent, as it is stored. */
export interface StoredSession {
  readonly sessionId: string | undefined;
  /** False once the instance was deregistered. */
  readonly isRegistered: boolean;
}

/** SQL of agents' sessions. An instance has one at most, with one replica. */
export function sessionRecords(db: Kysely<Tables>) {
  const connected = (sessionId: string, replica: string) =>
    db.updateTable("ecs_instances").set({ session_id: sessionId, replica });
  const disconnected = () => db.updateTable("ecs_instances").set({ session_id: null, replica: null });
  return {
    /** `undefined` where the instance was never registered. */
    async find(instanceArn: string): Promise<StoredSession | undefined> {
      const row = await db
        .selectFrom("ecs_instances")
        .select(["session_id", "status"])
        .where("arn", "=", instanceArn)
        .executeTakeFirst();
      return row && { sessionId: row.session_id ?? undefined, isRegistered: row.status !== "INACTIVE" };
    },
    /** Takes the place of the session that the instance has. */
    async open(instanceArn: string, sessionId: string, replica: string): Promise<void> {
      await connected(sessionId, replica).where("arn", "=", instanceArn).execute();
    },
    /** Unless the instance has a session again. */
    async reopen(instanceArn: string, sessionId: string, replica: string): Promise<void> {
      await connected(sessionId, replica).where("arn", "=", instanceArn).where("session_id", "is", null).execute();
    },
    /** Unless the instance has another session by now. */
    async close(instanceArn: string, sessionId: string): Promise<void> {
      await disconnected().where("arn", "=", instanceArn).where("session_id", "=", sessionId).execute();
    },
    /** Replicas that instances have sessions with. */
    async replicas(): Promise<readonly string[]> {
      const rows = await db
        .selectFrom("ecs_instances")
        .select("replica")
        .distinct()
        .where("replica", "is not", null)
        .execute();
      return rows.flatMap(({ replica }) => (replica === null ? [] : [replica]));
    },
    /** Ends the sessions that are with a replica, and gives their instances. */
    async closeAll(replica: string): Promise<readonly string[]> {
      const rows = await disconnected().where("replica", "=", replica).returning("arn").execute();
      return rows.map(({ arn }) => arn);
    },
  };
}
