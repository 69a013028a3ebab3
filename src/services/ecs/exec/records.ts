import type { Kysely } from "kysely";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { openDocument, sealDocument } from "../sealed.ts";
import type { ExecSession } from "./session.ts";

type State = Tables["ecs_exec_sessions"]["state"];

/** What is known of a session beside what it is for. */
export interface StoredSession {
  readonly session: ExecSession;
  readonly state: State;
  /** The client's newest connection. */
  readonly opening: string | null;
}

/** States in which a client may come back, with a new token. */
const resumable = ["OPENED", "JOINED", "PAUSED"] as const;
const over = ["ENDING", "ENDED"] as const;

/** SQL of ExecuteCommand's sessions. */
export function execRecords(db: Kysely<Tables>, keyring: Keyring) {
  const open = (row: { id: string; document: Uint8Array }) => openDocument<ExecSession>(keyring, row.id, row.document);
  return {
    /** With a token that is good until `expiresAt`. */
    async issue(session: ExecSession, tokenHash: string, expiresAt: number): Promise<void> {
      const { id, instanceArn } = session;
      const document = sealDocument(keyring, id, session);
      const token = { token_hash: tokenHash, token_expires_at: expiresAt, expires_at: expiresAt };
      await db
        .insertInto("ecs_exec_sessions")
        .values({ id, instance_arn: instanceArn, state: "ISSUED", ...token, opening: null, has_run: 0, document })
        .execute();
    },
    /** Gives a session whose program may run a new token. False where it has ended. */
    async reissue(id: string, tokenHash: string, expiresAt: number): Promise<boolean> {
      const row = await db
        .updateTable("ecs_exec_sessions")
        .set({ token_hash: tokenHash, token_expires_at: expiresAt })
        .where("id", "=", id)
        .where("state", "in", resumable)
        .where("has_run", "=", 1)
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
    /** The token is to be had. */
    async isIssued(id: string, now: number): Promise<boolean> {
      const row = await db
        .selectFrom("ecs_exec_sessions")
        .select("id")
        .where("id", "=", id)
        .where("token_hash", "is not", null)
        .where("token_expires_at", ">", now)
        .executeTakeFirst();
      return row !== undefined;
    },
    /**
     * Takes the token, once; the session is the connection `opening`'s from now on. `undefined` where it is not the session's, was
     * taken, or has expired.
     */
    async open(
      { id, tokenHash, opening }: { readonly id: string; readonly tokenHash: string; readonly opening: string },
      now: number,
      expiresAt: number,
    ): Promise<ExecSession | undefined> {
      const row = await db
        .updateTable("ecs_exec_sessions")
        .set({ state: "OPENED", token_hash: null, opening, expires_at: expiresAt })
        .where("id", "=", id)
        .where("state", "not in", over)
        .where("token_hash", "=", tokenHash)
        .where("token_expires_at", ">", now)
        .returning(["id", "document"])
        .executeTakeFirst();
      return row && open(row);
    },
    /** The sessions whose clients wait for the agent of an instance. Of one that `hasRun` the agent has the program. */
    async waitingFor(
      instanceArn: string,
      now: number,
    ): Promise<readonly { readonly session: ExecSession; readonly hasRun: boolean }[]> {
      const rows = await db
        .selectFrom("ecs_exec_sessions")
        .select(["id", "document", "has_run"])
        .where("instance_arn", "=", instanceArn)
        .where("state", "=", "OPENED")
        .where("expires_at", ">", now)
        .execute();
      return rows.map((row) => ({ session: open(row), hasRun: row.has_run === 1 }));
    },
    /** The ids of the sessions of an instance whose end its agent has to be told. */
    async endingOn(instanceArn: string): Promise<readonly string[]> {
      const rows = await db
        .selectFrom("ecs_exec_sessions")
        .select("id")
        .where("instance_arn", "=", instanceArn)
        .where("state", "=", "ENDING")
        .execute();
      return rows.map(({ id }) => id);
    },
    /** False where the agent has joined this connection of the client before, or came too late. */
    async join(id: string, opening: string, now: number, expiresAt: number): Promise<boolean> {
      const row = await db
        .updateTable("ecs_exec_sessions")
        .set({ state: "JOINED", has_run: 1, expires_at: expiresAt })
        .where("id", "=", id)
        .where("opening", "=", opening)
        .where("state", "=", "OPENED")
        .where("expires_at", ">", now)
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
    /** The client's connection, or the agent's, was lost. False where the program has not begun, or another connection has it. */
    async pause(id: string, opening: string, expiresAt: number): Promise<boolean> {
      const row = await db
        .updateTable("ecs_exec_sessions")
        .set({ state: "PAUSED", expires_at: expiresAt })
        .where("id", "=", id)
        .where("opening", "=", opening)
        .where("state", "in", resumable)
        .where("has_run", "=", 1)
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
    /** It has ended; with `opening`, only if it is still that connection's. */
    async end(id: string, expiresAt: number, opening?: string): Promise<void> {
      let query = db
        .updateTable("ecs_exec_sessions")
        .set({ state: "ENDED", token_hash: null, expires_at: expiresAt })
        .where("id", "=", id)
        .where("state", "!=", "ENDED");
      if (opening !== undefined) query = query.where("opening", "=", opening).where("state", "!=", "ENDING");
      await query.execute();
    },
    /** Is to end: its agent is told. False where it has ended, or there is none. */
    async terminate(id: string, now: number, expiresAt: number): Promise<boolean> {
      const row = await db
        .updateTable("ecs_exec_sessions")
        .set({ state: "ENDING", token_hash: null, expires_at: expiresAt })
        .where("id", "=", id)
        .where("state", "not in", over)
        .where("expires_at", ">", now)
        .returning("id")
        .executeTakeFirst();
      return row !== undefined;
    },
    async find(id: string): Promise<StoredSession | undefined> {
      const row = await db
        .selectFrom("ecs_exec_sessions")
        .select(["id", "document", "state", "opening"])
        .where("id", "=", id)
        .executeTakeFirst();
      return row && { session: open(row), state: row.state, opening: row.opening };
    },
    async deleteExpired(now: number): Promise<void> {
      await db.deleteFrom("ecs_exec_sessions").where("expires_at", "<=", now).execute();
    },
  };
}
