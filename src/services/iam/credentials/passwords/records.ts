import type { Kysely } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { LoginProfile } from "./login-profile.ts";

/** The SQL of login profiles. */
export function loginProfileRecords(db: Kysely<Tables>) {
  /** By user. */
  async function findOfAll(userIds: readonly string[]): Promise<ReadonlyMap<string, LoginProfile>> {
    if (userIds.length === 0) return new Map();
    const rows = await db.selectFrom("iam_login_profiles").selectAll().where("user_id", "in", userIds).execute();
    return new Map(
      rows.map((row) => [
        row.user_id,
        {
          hashes: JSON.parse(row.hashes),
          createdAt: new Date(row.created_at),
          changedAt: new Date(row.changed_at),
          resetRequired: row.reset_required === 1,
        },
      ]),
    );
  }
  return {
    findOfAll,
    async find(userId: string): Promise<LoginProfile | undefined> {
      return (await findOfAll([userId])).get(userId);
    },
    async put(userId: string, profile: LoginProfile): Promise<void> {
      const columns = {
        hashes: JSON.stringify(profile.hashes),
        created_at: profile.createdAt.getTime(),
        changed_at: profile.changedAt.getTime(),
        reset_required: profile.resetRequired ? 1 : 0,
      };
      await db
        .insertInto("iam_login_profiles")
        .values({ user_id: userId, ...columns })
        .onConflict((conflict) => conflict.column("user_id").doUpdateSet(columns))
        .execute();
    },
    /** Gives `false` where the user had none. */
    async delete(userId: string): Promise<boolean> {
      const result = await db.deleteFrom("iam_login_profiles").where("user_id", "=", userId).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}
