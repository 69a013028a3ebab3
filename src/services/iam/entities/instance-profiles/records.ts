import { type Kysely, type Selectable, sql } from "kysely";
import { defined } from "../../../../defined.ts";
import type { Tables } from "../../../../storage/schema/index.ts";
import { nameKey } from "../../names.ts";
import type { Tags } from "../../tags.ts";
import type { ListOptions } from "../records.ts";
import type { InstanceProfile } from "./instance-profile.ts";

/** The SQL of instance profiles. */
export function instanceProfileRecords(db: Kysely<Tables>) {
  const all = () => db.selectFrom("iam_instance_profiles").selectAll();

  return {
    async find(account: string, name: string): Promise<InstanceProfile | undefined> {
      const row = await all()
        .where("account", "=", account)
        .where("name_key", "=", nameKey(name))
        .where("name", "=", name)
        .executeTakeFirst();
      return row && toProfile(row);
    },
    async findById(id: string): Promise<InstanceProfile | undefined> {
      const row = await all().where("id", "=", id).executeTakeFirst();
      return row && toProfile(row);
    },
    /** `true` where the name exists in whatever case. */
    async isTaken(account: string, name: string): Promise<boolean> {
      const row = await db
        .selectFrom("iam_instance_profiles")
        .select("id")
        .where("account", "=", account)
        .where("name_key", "=", nameKey(name))
        .executeTakeFirst();
      return row !== undefined;
    },
    async count(account: string): Promise<number> {
      const row = await db
        .selectFrom("iam_instance_profiles")
        .select(({ fn }) => fn.countAll().as("count"))
        .where("account", "=", account)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    async insert(profile: InstanceProfile): Promise<void> {
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
    /** `undefined` members stay as they are, `null` clears. */
    async update(id: string, changes: { readonly roleId?: string | null; readonly tags?: Tags }): Promise<void> {
      const { roleId, tags } = changes;
      await db
        .updateTable("iam_instance_profiles")
        .set(defined({ role_id: roleId, tags: tags && JSON.stringify(tags) }))
        .where("id", "=", id)
        .execute();
    },
    async delete(id: string): Promise<void> {
      await db.deleteFrom("iam_instance_profiles").where("id", "=", id).execute();
    },
    /** By name. */
    async list(account: string, { pathPrefix, after, limit }: ListOptions): Promise<InstanceProfile[]> {
      const rows = await all()
        .where("account", "=", account)
        .where("name_key", ">", after)
        .where(sql`substr(path, 1, ${pathPrefix.length})`, "=", pathPrefix)
        .orderBy("name_key")
        .limit(limit)
        .execute();
      return rows.map(toProfile);
    },
    /** The profiles with one of these roles, by name. */
    async listOfRoles(roleIds: readonly string[]): Promise<InstanceProfile[]> {
      if (roleIds.length === 0) return [];
      const rows = await all().where("role_id", "in", roleIds).orderBy("name_key").execute();
      return rows.map(toProfile);
    },
  };
}

function toProfile(row: Selectable<Tables["iam_instance_profiles"]>): InstanceProfile {
  return {
    id: row.id,
    account: row.account,
    name: row.name,
    path: row.path,
    tags: JSON.parse(row.tags),
    createdAt: new Date(row.created_at),
    roleId: row.role_id ?? undefined,
  };
}
