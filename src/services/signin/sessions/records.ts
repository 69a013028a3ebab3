import type { Kysely, Selectable } from "kysely";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { lifetimes, type SigninSession, type SigninToken } from "./session.ts";

/** A token that is to be stored. */
type NewToken = Pick<SigninToken, "hash" | "expiresAt">;

export type SigninSessionRecords = ReturnType<typeof signinSessionRecords>;

/** The SQL of sign-in sessions and their tokens. */
export function signinSessionRecords(database: Database) {
  const { db } = database;
  return {
    /** Stores a session that whoever has the code may take. */
    begin(session: SigninSession, code: NewToken): Promise<void> {
      return database.transaction(async (db) => {
        await db.insertInto("signin_sessions").values(toRow(session)).execute();
        await insertToken(db, session.id, "code", code);
      });
    },
    async find(id: string): Promise<SigninSession | undefined> {
      const row = await db.selectFrom("signin_sessions").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toSession(row);
    },
    async findByToken(
      hash: string,
    ): Promise<{ readonly token: SigninToken; readonly session: SigninSession } | undefined> {
      const token = await db.selectFrom("signin_tokens").selectAll().where("hash", "=", hash).executeTakeFirst();
      const session = token && (await this.find(token.session_id));
      return session && { token: toToken(token), session };
    },
    /** Uses a code up, for a first refresh token. Gives `false` where it is used up already. */
    takeCode(
      { id }: SigninSession,
      code: string,
      next: NewToken,
      { now, keyThumbprint }: { readonly now: Date; readonly keyThumbprint: string | undefined },
    ): Promise<boolean> {
      return database.transaction(async (db) => {
        const used = await db
          .updateTable("signin_tokens")
          .set({ used_at: now.getTime() })
          .where("hash", "=", code)
          .where("used_at", "is", null)
          .executeTakeFirst();
        if (used.numUpdatedRows === 0n) return false;
        await db
          .updateTable("signin_sessions")
          .set({ key_thumbprint: keyThumbprint ?? null })
          .where("id", "=", id)
          .execute();
        await insertToken(db, id, "refresh", next);
        return true;
      });
    },
    /**
     * Uses a refresh token up, for the next one. Gives `false` where it is used up already: a token that is bound to a key may
     * be used again for a moment, with another proof of possession.
     */
    takeRefreshToken(
      { id, keyThumbprint }: SigninSession,
      token: string,
      next: NewToken,
      { now, proof }: { readonly now: Date; readonly proof: string | undefined },
    ): Promise<boolean> {
      return database.transaction(async (db) => {
        const used = await db
          .updateTable("signin_tokens")
          .set((set) => ({ used_at: set.fn.coalesce("used_at", set.val(now.getTime())), used_with: proof ?? null }))
          .where("hash", "=", token)
          .where((where) =>
            where.or([
              where("used_at", "is", null),
              ...(keyThumbprint === undefined
                ? []
                : [
                    where.and([
                      where("used_at", ">", now.getTime() - lifetimes.grace),
                      where("used_with", "!=", proof ?? ""),
                    ]),
                  ]),
            ]),
          )
          .executeTakeFirst();
        if (used.numUpdatedRows === 0n) return false;
        await insertToken(db, id, "refresh", next);
        return true;
      });
    },
    end(id: string): Promise<void> {
      return database.transaction(async (db) => {
        await db.deleteFrom("signin_tokens").where("session_id", "=", id).execute();
        await db.deleteFrom("signin_sessions").where("id", "=", id).execute();
      });
    },
    /** Deletes tokens that have expired, and sessions that have none. */
    purge(now: Date): Promise<void> {
      return database.transaction(async (db) => {
        await db.deleteFrom("signin_tokens").where("expires_at", "<=", now.getTime()).execute();
        await db
          .deleteFrom("signin_sessions")
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom("signin_tokens")
                  .select("hash")
                  .whereRef("signin_tokens.session_id", "=", "signin_sessions.id"),
              ),
            ),
          )
          .execute();
      });
    },
  };
}

async function insertToken(
  db: Kysely<Tables>,
  session: string,
  kind: SigninToken["kind"],
  { hash, expiresAt }: NewToken,
): Promise<void> {
  await db
    .insertInto("signin_tokens")
    .values({ hash, session_id: session, kind, expires_at: expiresAt.getTime(), used_at: null, used_with: null })
    .execute();
}

function toToken(row: Selectable<Tables["signin_tokens"]>): SigninToken {
  return {
    hash: row.hash,
    kind: row.kind === "code" ? "code" : "refresh",
    expiresAt: new Date(row.expires_at),
    usedAt: row.used_at === null ? undefined : new Date(row.used_at),
  };
}

function toRow(session: SigninSession): Selectable<Tables["signin_sessions"]> {
  return {
    id: session.id,
    account: session.principal.account,
    principal: JSON.stringify(session.principal),
    origin: JSON.stringify(session.origin),
    client_id: session.clientId,
    redirect_uri: session.redirectUri,
    code_challenge: session.codeChallenge,
    issued_at: session.issuedAt.getTime(),
    ends_at: session.endsAt.getTime(),
    key_thumbprint: session.keyThumbprint ?? null,
  };
}

function toSession(row: Selectable<Tables["signin_sessions"]>): SigninSession {
  const { mfaAuthenticatedAt: mfa, ...principal } = JSON.parse(row.principal);
  return {
    id: row.id,
    principal: mfa === undefined ? principal : { ...principal, mfaAuthenticatedAt: new Date(mfa) },
    origin: JSON.parse(row.origin),
    clientId: row.client_id,
    redirectUri: row.redirect_uri,
    codeChallenge: row.code_challenge,
    issuedAt: new Date(row.issued_at),
    endsAt: new Date(row.ends_at),
    ...(row.key_thumbprint !== null && { keyThumbprint: row.key_thumbprint }),
  };
}
