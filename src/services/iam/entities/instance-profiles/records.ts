import { type Kysely, type Selectable, sql } from "kysely";
import type { IamTables } from "../../../../storage/schema/iam.ts";
import type { Tables } from "../../../../storage/schema/index.ts";
import { nameKey, type Tags } from "../entity.ts";
import type { InstanceProfile } from "./instance-profile.ts";

/** The SQL of instance profiles. */
export function instanceProfileStatements(db: Kysely<Tables>) {
  return {
    async findInstanceProfile(account: string, name: string): Promise<InstanceProfile | undefined> {
      const row = await db
        .selectFrom("iam_instance_profiles")
        .selectAll()
        .where("account", "=", account)
        .where("name_key", "=", nameKey(name))
        .where("name", "=", name)
        .executeTakeFirst();
      return row && toProfile(row);
    },
    /** Whether the name is taken, in whatever case. */
    async isInstanceProfileTaken(account: string, name: string): Promise<boolean> {
      const row = await db
        .selectFrom("iam_instance_profiles")
        .select("id")
        .where("account", "=", account)
        .where("name_key", "=", nameKey(name))
        .executeTakeFirst();
      return row !== undefined;
    },
    async countInstanceProfiles(account: string): Promise<number> {
      const row = await db
        .selectFrom("iam_instance_profiles")
        .select(({ fn }) => fn.countAll().as("count"))
        .where("account", "=", account)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    async insertInstanceProfile(profile: InstanceProfile): Promise<void> {
      await db
        .insertInto("iam_instance_profiles")
        .values({
          id: profile.id,
          account: profile.account,
          name: profile.name,
          name_key: nameKey(profile.name),
          path: profile.path,
          tags: JSON.stringify(profile.tags),
          created_at: profile.createdAt.getTime(),
          role_id: profile.roleId ?? null,
        })
        .execute();
    },
    /** `undefined` members are left as they are, `null` clears. */
    async updateInstanceProfile(
      id: string,
      changes: { readonly roleId?: string | null; readonly tags?: Tags },
    ): Promise<void> {
      await db
        .updateTable("iam_instance_profiles")
        .set({
          ...(changes.roleId !== undefined && { role_id: changes.roleId }),
          ...(changes.tags !== undefined && { tags: JSON.stringify(changes.tags) }),
        })
        .where("id", "=", id)
        .execute();
    },
    async deleteInstanceProfile(id: string): Promise<void> {
      await db.deleteFrom("iam_instance_profiles").where("id", "=", id).execute();
    },
    /** By name, after the one given. */
    async listInstanceProfiles(
      account: string,
      options: { readonly pathPrefix: string; readonly after: string; readonly limit: number },
    ): Promise<InstanceProfile[]> {
      const rows = await db
        .selectFrom("iam_instance_profiles")
        .selectAll()
        .where("account", "=", account)
        .where("name_key", ">", options.after)
        .where(sql`substr(path, 1, ${options.pathPrefix.length})`, "=", options.pathPrefix)
        .orderBy("name_key")
        .limit(options.limit)
        .execute();
      return rows.map(toProfile);
    },
    /** Those of the roles, by name. */
    async listInstanceProfilesOf(roleIds: readonly string[]): Promise<InstanceProfile[]> {
      if (roleIds.length === 0) return [];
      const rows = await db
        .selectFrom("iam_instance_profiles")
        .selectAll()
        .where("role_id", "in", roleIds)
        .orderBy("name_key")
        .execute();
      return rows.map(toProfile);
    },
  };
}

function toProfile(row: Selectable<IamTables["iam_instance_profiles"]>): InstanceProfile {
  return {
    id: row.id,
    account: row.account,
    name: row.name,
    path: row.path,
    tags: JSON.parse(row.tags) as Tags,
    createdAt: new Date(row.created_at),
    roleId: row.role_id ?? undefined,
  };
}
