import type { StoreParts } from "../store-parts.ts";
import type { DeletionRecords } from "./deletion-records.ts";
import type { Key, KeyName } from "./key.ts";
import { type KeyText, keyAt, keyRegions, textColumns, writtenKey } from "./rows.ts";

/** All SQL of the regions of a multi-Region key. */
export function replicaRecords({ database, now }: StoreParts, { removeDue }: Pick<DeletionRecords, "removeDue">) {
  return {
    /** The regions that have the key, sorted. */
    regionsOf: (id: string) => keyRegions(database.db, id, now()),

    /**
     * Makes a replica of a primary in another region. Material is copied, but not if it was imported. `check` gets the
     * primary as it is in the transaction, and may throw. `undefined` where the primary is gone, "exists" where the region
     * has the key.
     */
    async create(
      { region: primaryRegion, id }: KeyName,
      region: string,
      text: KeyText,
      check: (primary: Key) => void,
    ): Promise<Key | "exists" | undefined> {
      const primary = { region: primaryRegion, id };
      const replica = { region, id };
      await removeDue();
      return database.transaction(async (db) => {
        const key = await keyAt(db, primary, now());
        if (!key) return undefined;
        check(key);
        if (await keyAt(db, replica, now())) return "exists";
        const row = await db
          .selectFrom("kms_keys")
          .selectAll()
          .where("region", "=", primaryRegion)
          .where("key_id", "=", id)
          .executeTakeFirstOrThrow();
        const isImported = key.origin === "EXTERNAL";
        const own = {
          ...{ region, valid_to: null, created_at: now(), deletion_at: null, deletion_window: null },
          state: isImported ? "PendingImport" : "Enabled",
        } as const;
        await db
          .insertInto("kms_keys")
          .values({ ...row, ...textColumns(text), ...own })
          .execute();
        const shared = await db
          .selectFrom("kms_key_materials")
          .selectAll()
          .where("region", "=", primaryRegion)
          .where("key_id", "=", id)
          .where("version", "<=", key.materialVersion)
          .execute();
        for (const material of shared) {
          const copy = isImported ? { sealed: null, valid_to: null } : {};
          await db
            .insertInto("kms_key_materials")
            .values({ ...material, ...copy, region })
            .execute();
        }
        return writtenKey(db, replica, now());
      });
    },

    /**
     * Makes the key's replica in that region its primary. `check` gets both as they are in the transaction, and throws
     * where this cannot be. `false` where the primary is gone.
     */
    async updatePrimary(
      primary: KeyName,
      region: string,
      check: (primary: Key, replica: Key | undefined) => void,
    ): Promise<boolean> {
      return database.transaction(async (db) => {
        const key = await keyAt(db, primary, now());
        if (!key) return false;
        check(key, await keyAt(db, { region, id: primary.id }, now()));
        await db.updateTable("kms_keys").set({ primary_region: region }).where("key_id", "=", primary.id).execute();
        return true;
      });
    },
  };
}
