import { type Selectable, sql } from "kysely";
import type { Tag } from "../../../model/tag-conditions.ts";
import type { Database } from "../../../storage/database.ts";
import { prepared } from "../../../storage/prepared.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { DataKeyRow } from "../events/data-keys.ts";
import type { Group, GroupClass, Scope } from "./group.ts";

const groupByName = prepared(
  (db, { account, region, name }: Scope & { readonly name: string }) =>
    db
      .selectFrom("logs_groups")
      .selectAll()
      .where("account", "=", account)
      .where("region", "=", region)
      .where("name", "=", name),
  ([row]) => (row ? toGroup(row) : undefined),
);

/** Which groups to list. */
export interface GroupFilter {
  readonly prefix?: string | undefined;
  /** Names that contain this, in whatever case. */
  readonly infix?: string | undefined;
  readonly names?: readonly string[] | undefined;
  readonly class?: string | undefined;
  /** Name of the last group shown. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** All SQL of groups. */
export function groupRecords({ db, transaction }: Pick<Database, "db" | "transaction">) {
  return {
    async find(scope: Scope, name: string): Promise<Group | undefined> {
      return groupByName(db, { ...scope, name });
    },

    /** False if the name is taken. */
    insert(group: Group, key: DataKeyRow): Promise<boolean> {
      return transaction(async (open) => {
        const { numInsertedOrUpdatedRows } = await open
          .insertInto("logs_groups")
          .values({
            ...{ group_id: group.id, account: group.account, region: group.region, name: group.name },
            ...{ created_at: group.createdAt, retention_days: group.retentionDays ?? null, class: group.class },
            ...{ deletion_protected: group.isProtected ? 1 : 0, tags: JSON.stringify(group.tags) },
            ...{ key_id: group.keyId, kms_key_arn: group.kmsKeyArn ?? null },
          })
          .onConflict((conflict) => conflict.columns(["account", "region", "name"]).doNothing())
          .executeTakeFirst();
        if (!numInsertedOrUpdatedRows) return false;
        await open.insertInto("logs_keys").values(key).execute();
        return true;
      });
    },

    /** Sets what is given. False if the group is gone. */
    async set(
      id: string,
      { retentionDays, isProtected }: { readonly retentionDays?: number | null; readonly isProtected?: boolean },
    ): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable("logs_groups")
        .set({
          ...(retentionDays !== undefined && { retention_days: retentionDays }),
          ...(isProtected !== undefined && { deletion_protected: isProtected ? 1 : 0 }),
        })
        .where("group_id", "=", id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Puts new events under another key. False if the group is gone. */
    setKey(id: string, key: DataKeyRow): Promise<boolean> {
      return transaction(async (open) => {
        const { numUpdatedRows } = await open
          .updateTable("logs_groups")
          .set({ key_id: key.key_id, kms_key_arn: key.kms_key_arn })
          .where("group_id", "=", id)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await open.insertInto("logs_keys").values(key).execute();
        return true;
      });
    },

    /** Changes the tags if they are still those of `known`. */
    async setTags(known: Group, tags: readonly Tag[]): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable("logs_groups")
        .set({ tags: JSON.stringify(tags) })
        .where("group_id", "=", known.id)
        .where("tags", "=", JSON.stringify(known.tags))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Removes a group and its streams. Its events are out of reach with it, and are deleted later. */
    remove(id: string): Promise<"removed" | "protected" | "gone"> {
      return transaction(async (open) => {
        const row = await open
          .selectFrom("logs_groups")
          .select("deletion_protected")
          .where("group_id", "=", id)
          .executeTakeFirst();
        if (!row) return "gone";
        if (row.deletion_protected === 1) return "protected";
        for (const table of [
          "logs_groups",
          "logs_streams",
          "logs_metric_filters",
          "logs_subscription_filters",
        ] as const) {
          await open.deleteFrom(table).where("group_id", "=", id).execute();
        }
        return "removed";
      });
    },

    /** In the order of their names. */
    async list({ account, region }: Scope, { prefix, infix, names, class: kind, after, limit }: GroupFilter) {
      let query = db.selectFrom("logs_groups").selectAll().where("account", "=", account).where("region", "=", region);
      // "~" comes after everything that a name may have.
      if (prefix !== undefined) query = query.where("name", ">=", prefix).where("name", "<", `${prefix}~`);
      if (infix !== undefined) {
        // `_` stands for any character in a LIKE, and "\" does not occur in names.
        const like = `%${infix.toLowerCase().replaceAll("_", "\\_")}%`;
        query = query.where(sql<boolean>`lower(name) like ${like} escape '\\'`);
      }
      if (names) query = query.where("name", "in", names);
      if (kind !== undefined) query = query.where("class", "=", kind);
      if (after !== undefined) query = query.where("name", ">", after);
      return (await query.orderBy("name").limit(limit).execute()).map(toGroup);
    },

    /** Groups whose events may expire. */
    async allThatExpire(): Promise<Group[]> {
      const rows = await db
        .selectFrom("logs_groups")
        .selectAll()
        .where((where) => where.or([where("retention_days", "is not", null), where("class", "=", "DELIVERY")]))
        .execute();
      return rows.map(toGroup);
    },

    async findById(id: string): Promise<Group | undefined> {
      const row = await db.selectFrom("logs_groups").selectAll().where("group_id", "=", id).executeTakeFirst();
      return row && toGroup(row);
    },
  };
}

function toGroup(row: Selectable<Tables["logs_groups"]>): Group {
  return {
    ...{ id: row.group_id, account: row.account, region: row.region, name: row.name },
    createdAt: Number(row.created_at),
    retentionDays: row.retention_days === null ? undefined : Number(row.retention_days),
    class: row.class as GroupClass,
    isProtected: row.deletion_protected === 1,
    tags: JSON.parse(row.tags) as Tag[],
    ...{ keyId: row.key_id, kmsKeyArn: row.kms_key_arn ?? undefined },
  };
}
