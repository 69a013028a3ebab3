import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Key, KeyName, Scope } from "../keys/key.ts";
import { keyAt } from "../keys/rows.ts";
import type { StoreParts } from "../store-parts.ts";
import type { Alias } from "./alias.ts";

/** An alias with the key that it had when it was found. It is not changed ("moved") if it has another one since. */
interface AliasOf {
  readonly name: string;
  readonly keyId: string;
}

/** All SQL of aliases, apart from finding a key by its alias. */
export function aliasRecords({ database, now }: StoreParts) {
  return {
    /**
     * Makes an alias of the key. `check` gets the key as it is in the transaction, and may throw. "exists" where the name
     * is taken.
     */
    async create(
      { account, region }: Scope,
      name: string,
      key: KeyName,
      check: (key: Key) => void,
    ): Promise<"created" | "exists" | "no key"> {
      return database.transaction(async (db) => {
        const current = await keyAt(db, key, now());
        if (!current) return "no key";
        check(current);
        const result = await db
          .insertInto("kms_aliases")
          .values({ account, region, name, key_id: key.id, created_at: now(), updated_at: now() })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        return Number(result.numInsertedOrUpdatedRows) > 0 ? "created" : "exists";
      });
    },

    /** Moves an alias to another key; `check` as in `create`. */
    async update(
      scope: Scope,
      { name, keyId }: AliasOf,
      target: KeyName,
      check: (target: Key) => void,
    ): Promise<"updated" | "moved" | "no alias" | "no key"> {
      return database.transaction(async (db) => {
        const current = await keyAt(db, target, now());
        if (!current) return "no key";
        check(current);
        const id = await aliasedId(db, scope, name);
        if (id !== keyId) return id === undefined ? "no alias" : "moved";
        await db
          .updateTable("kms_aliases")
          .set({ key_id: target.id, updated_at: now() })
          .where("account", "=", scope.account)
          .where("region", "=", scope.region)
          .where("name", "=", name)
          .execute();
        return "updated";
      });
    },

    async delete(scope: Scope, { name, keyId }: AliasOf): Promise<"deleted" | "moved" | "no alias"> {
      return database.transaction(async (db) => {
        const id = await aliasedId(db, scope, name);
        if (id !== keyId) return id === undefined ? "no alias" : "moved";
        await db
          .deleteFrom("kms_aliases")
          .where("account", "=", scope.account)
          .where("region", "=", scope.region)
          .where("name", "=", name)
          .execute();
        return "deleted";
      });
    },

    /** Up to `limit` aliases, of one key or of all, whose names follow `after`, in the names' order. */
    async list(scope: Scope, keyId: string | undefined, after: string, limit: number): Promise<Alias[]> {
      let query = database.db
        .selectFrom("kms_aliases as a")
        .innerJoin("kms_keys as k", (join) =>
          join.onRef("k.key_id", "=", "a.key_id").onRef("k.region", "=", "a.region"),
        )
        .select(["a.name", "a.key_id", "a.created_at", "a.updated_at"])
        .where("a.account", "=", scope.account)
        .where("a.region", "=", scope.region)
        .where("a.name", ">", after)
        .where((where) => where.or([where("k.deletion_at", "is", null), where("k.deletion_at", ">", now())]));
      if (keyId !== undefined) query = query.where("a.key_id", "=", keyId);
      const rows = await query.orderBy("a.name").limit(limit).execute();
      return rows.map((row) => ({
        name: row.name,
        keyId: row.key_id,
        createdAt: new Date(row.created_at),
        updatedAt: new Date(row.updated_at),
      }));
    },
  };
}

async function aliasedId(db: Kysely<Tables>, scope: Scope, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("kms_aliases")
    .select("key_id")
    .where("account", "=", scope.account)
    .where("region", "=", scope.region)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.key_id;
}
