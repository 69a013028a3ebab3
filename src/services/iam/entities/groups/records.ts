import type { Kysely } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { Group, User } from "../entity.ts";
import { toGroup, toUser } from "../records.ts";

/** The SQL of who is in which group. */
export function membershipRecords(db: Kysely<Tables>) {
  /** By user, then by name. */
  async function listGroupsOfAll(userIds: readonly string[]): Promise<ReadonlyMap<string, Group[]>> {
    if (userIds.length === 0) return new Map();
    const rows = await db
      .selectFrom("iam_group_members as m")
      .innerJoin("iam_entities as e", "e.id", "m.group_id")
      .selectAll("e")
      .select("m.user_id")
      .where("m.user_id", "in", userIds)
      .orderBy("e.name_key")
      .execute();
    const byUser = Map.groupBy(rows, (row) => row.user_id);
    return new Map([...byUser].map(([id, all]) => [id, all.map(toGroup)]));
  }
  return {
    async add(groupId: string, userId: string): Promise<void> {
      await db
        .insertInto("iam_group_members")
        .values({ group_id: groupId, user_id: userId })
        .onConflict((conflict) => conflict.columns(["user_id", "group_id"]).doNothing())
        .execute();
    },
    async remove(groupId: string, userId: string): Promise<void> {
      await db.deleteFrom("iam_group_members").where("group_id", "=", groupId).where("user_id", "=", userId).execute();
    },
    /** By name, after the one given. */
    async listUsers(groupId: string, options: { readonly after: string; readonly limit: number }): Promise<User[]> {
      const rows = await db
        .selectFrom("iam_group_members as m")
        .innerJoin("iam_entities as e", "e.id", "m.user_id")
        .selectAll("e")
        .where("m.group_id", "=", groupId)
        .where("e.name_key", ">", options.after)
        .orderBy("e.name_key")
        .limit(options.limit)
        .execute();
      return rows.map(toUser);
    },
    /** By name. */
    async listGroups(userId: string): Promise<Group[]> {
      return (await listGroupsOfAll([userId])).get(userId) ?? [];
    },
    listGroupsOfAll,
  };
}
