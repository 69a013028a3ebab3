import type { Clock } from "../../../clock.ts";
import type { Database } from "../../../storage/database.ts";
import type { Scope } from "../keys/key.ts";

/** An alias as stored. */
export interface Alias {
  /** With `alias/`. */
  readonly name: string;
  readonly keyId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** All SQL of aliases but finding a key by one. */
export function aliasStore(database: Database, clock: Clock) {
  const now = () => clock.now().getTime();
  return {
    /** Whether the alias was made; `false` where there is one of that name. */
    async createAlias(scope: Scope, name: string, keyId: string): Promise<boolean> {
      const { account, region } = scope;
      const result = await database.db
        .insertInto("kms_aliases")
        .values({ account, region, name, key_id: keyId, created_at: now(), updated_at: now() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows) > 0;
    },

    /** Whether there was such an alias. */
    async updateAlias(scope: Scope, name: string, keyId: string): Promise<boolean> {
      const result = await database.db
        .updateTable("kms_aliases")
        .set({ key_id: keyId, updated_at: now() })
        .where("account", "=", scope.account)
        .where("region", "=", scope.region)
        .where("name", "=", name)
        .executeTakeFirst();
      return Number(result.numUpdatedRows) > 0;
    },

    /** Whether there was such an alias. */
    async deleteAlias(scope: Scope, name: string): Promise<boolean> {
      const result = await database.db
        .deleteFrom("kms_aliases")
        .where("account", "=", scope.account)
        .where("region", "=", scope.region)
        .where("name", "=", name)
        .executeTakeFirst();
      return Number(result.numDeletedRows) > 0;
    },

    /** Up to `limit` aliases, of one key or of all, whose names follow `after`, in the names' order. */
    async listAliases(scope: Scope, keyId: string | undefined, after: string, limit: number): Promise<Alias[]> {
      const rows = await database.db
        .selectFrom("kms_aliases as a")
        .innerJoin("kms_keys as k", (join) =>
          join.onRef("k.key_id", "=", "a.key_id").onRef("k.region", "=", "a.region"),
        )
        .select(["a.name", "a.key_id", "a.created_at", "a.updated_at"])
        .where("a.account", "=", scope.account)
        .where("a.region", "=", scope.region)
        .where("a.name", ">", after)
        .where((where) => where.or([where("k.deletion_at", "is", null), where("k.deletion_at", ">", now())]))
        .$if(keyId !== undefined, (query) => query.where("a.key_id", "=", keyId!))
        .orderBy("a.name")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        name: row.name,
        keyId: row.key_id,
        createdAt: new Date(row.created_at),
        updatedAt: new Date(row.updated_at),
      }));
    },
  };
}
