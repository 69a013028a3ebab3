import { createHash } from "node:crypto";
import type { Database } from "../../../storage/database.ts";

/** Failures in a row after which a user waits before the next password is looked at. */
const free = 5;
/** Milliseconds from one password to the next. Whoever tries one each time keeps the user waiting. */
const longestWait = 60_000;
/** Milliseconds after which failures are forgotten. */
const memory = 60 * 60_000;

export type AttemptRecords = ReturnType<typeof attemptRecords>;

/** Counts failures to sign in by user, also of users that do not exist. */
export function attemptRecords({ db }: Database) {
  return {
    /**
     * Counts an attempt before its password is looked at, so that many at once count as many. Gives the time before which none
     * is allowed, where it is not over.
     */
    async count(account: string, userName: string, now: Date): Promise<Date | undefined> {
      const key = keyOf(account, userName);
      const before = await db.selectFrom("signin_attempts").selectAll().where("user_key", "=", key).executeTakeFirst();
      if (!before) {
        await db
          .insertInto("signin_attempts")
          .values({ user_key: key, failures: 1, next_at: now.getTime() })
          .onConflict((conflict) =>
            conflict.column("user_key").doUpdateSet((set) => ({ failures: set("signin_attempts.failures", "+", 1) })),
          )
          .execute();
        return undefined;
      }
      if (before.next_at > now.getTime()) return new Date(before.next_at);
      const failures = before.failures + 1;
      const next = new Date(now.getTime() + waitAfter(failures));
      const counted = await db
        .updateTable("signin_attempts")
        .set({ failures, next_at: next.getTime() })
        .where("user_key", "=", key)
        .where("failures", "=", before.failures)
        .executeTakeFirst();
      // Another attempt was counted meanwhile.
      return counted.numUpdatedRows > 0n ? undefined : next;
    },
    async forget(account: string, userName: string): Promise<void> {
      await db.deleteFrom("signin_attempts").where("user_key", "=", keyOf(account, userName)).execute();
    },
    async purge(now: Date): Promise<void> {
      await db
        .deleteFrom("signin_attempts")
        .where("next_at", "<=", now.getTime() - memory)
        .execute();
    },
  };
}

function waitAfter(failures: number): number {
  return failures < free ? 0 : Math.min(longestWait, 1000 * 2 ** (failures - free));
}

/** No names of users are stored that only somebody thought up. */
function keyOf(account: string, userName: string): string {
  return createHash("sha256").update(`${account}/${userName.toLowerCase()}`).digest("hex");
}
