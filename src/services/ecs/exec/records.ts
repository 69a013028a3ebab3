import type { Kysely } from "kysely";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { openDocument, sealDocument } from "../sealed.ts";
import type { ExecSession } from "./session.ts";

/** SQL of ExecuteCommand's sessions. They only move on: ISSUED with its token, OPENED by the client, JOINED by the agent. */
export function execRecords(db: Kysely<Tables>, keyring: Keyring) {
  const open = (row: { id: string; document: Uint8Array }) => openDocument<ExecSession>(keyring, row.id, row.document);
  return {
    /** With a token that is good until `expiresAt`. */
    async issue(session: ExecSession, tokenHash: string, expiresAt: number): Promise<void> {
      const { id, instanceArn } = session;
      const document = sealDocument(keyring, id, session);
      const row = { id, instance_arn: instanceArn, state: "ISSUED", token_hash: tokenHash, expires_at: expiresAt };
      await db
        .insertInto("ecs_exec_sessions")
        .values({ ...row, state: "ISSUED", replica: null, document })
        .execute();
    },
    /** The token is to be had. */
    async isIssued(id: string, now: number): Promise<boolean> {
      const row = await db
        .selectFrom("ecs_exec_sessions")
        .select("id")
        .where("id", "=", id)
        .where("state", "=", "ISSUED")
        .where("expires_at", ">", now)
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Takes the token, once. `undefined` where it is not the session's, was taken, or has expired. */
    async open(
      { id, tokenHash, replica }: { readonly id: string; readonly tokenHash: string; readonly replica: string },
      now: number,
      expiresAt: number,
    ): Promise<ExecSession | undefined> {
      const row = await db
        .updateTable("ecs_exec_sessions")
        .set({ state: "OPENED", token_hash: null, replica, expires_at: expiresAt })
        .where("id", "=", id)
        .where("state", "=", "ISSUED")
        .where("token_hash", "=", tokenHash)
        .where("expires_at", ">", now)
        .returning(["id", "document"])
        .executeTakeFirst();
      return row && open(row);
    },
    /** The sessions whose clients wait for the agent of an instance. */
    async waitingFor(instanceArn: string, now: number): Promise<readonly ExecSession[]> {
      const rows = await db
        .selectFrom("ecs_exec_sessions")
        .select(["id", "document"])
        .where("instance_arn", "=", instanceArn)
        .where("state", "=", "OPENED")
        .where("expires_at", ">", now)
        .execute();
      return rows.map(open);
    },
    /** False where the agent has joined before, or came too late. */
    async join(id: string, now: number, expiresAt: number): Promise<boolean> {
      const row = await db
        .updateTable("ecs_exec_sessions")
        .set({ state: "JOINED", expires_at: expiresAt })
        .where("id", "=", id)
        .where("state", "=", "OPENED")
        .where("expires_at", ">", now)
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
    async find(id: string): Promise<ExecSession | undefined> {
      const row = await db
        .selectFrom("ecs_exec_sessions")
        .select(["id", "document"])
        .where("id", "=", id)
        .executeTakeFirst();
      return row && open(row);
    },
    async delete(id: string): Promise<void> {
      await db.deleteFrom("ecs_exec_sessions").where("id", "=", id).execute();
    },
    async deleteExpired(now: number): Promise<void> {
      await db.deleteFrom("ecs_exec_sessions").where("expires_at", "<=", now).execute();
    },
  };
}
