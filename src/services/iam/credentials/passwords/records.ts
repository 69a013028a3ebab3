import type { Kysely } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";

/** A user's password. */
export interface LoginProfile {
  /** Of the password, then of those before it. */
  readonly hashes: readonly string[];
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly resetRequired: boolean;
}

/** The SQL of login profiles. */
export function loginProfileStatements(db: Kysely<Tables>) {
  /** By user. */
  async function findLoginProfiles(userIds: readonly string[]): Promise<ReadonlyMap<string, LoginProfile>> {
    if (userIds.length === 0) return new Map();
    const rows = await db.selectFrom("iam_login_profiles").selectAll().where("user_id", "in", userIds).execute();
    return new Map(
      rows.map((row) => [
        row.user_id,
        {
          hashes: JSON.parse(row.hashes) as string[],
          createdAt: new Date(row.created_at),
          changedAt: new Date(row.changed_at),
          resetRequired: row.reset_required === 1,
        },
      ]),
    );
  }
  return {
    findLoginProfiles,
    async findLoginProfile(userId: string): Promise<LoginProfile | undefined> {
      return (await findLoginProfiles([userId])).get(userId);
    },
    async putLoginProfile(userId: string, profile: LoginProfile): Promise<void> {
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
    /** Whether there was one. */
    async deleteLoginProfile(userId: string): Promise<boolean> {
      const result = await db.deleteFrom("iam_login_profiles").where("user_id", "=", userId).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}
