import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { lacksMaterial } from "../materials/import-records.ts";
import type { KeyName } from "../materials/records.ts";
import { day, type StoreParts } from "../store-parts.ts";
import type { KeyEvents } from "./audit-events.ts";
import { isReplica, type Key } from "./key.ts";
import { changedColumns, type KeyText, keyAt, textColumns } from "./rows.ts";

/** All SQL of what concerns several regions of a multi-Region key, and of its deletion, which replicas hold up. */
export function replicaStore({ database, materials, happenings, now }: StoreParts) {
  async function regionsOf(db: Kysely<Tables>, id: string): Promise<string[]> {
    const rows = await db
      .selectFrom("kms_keys")
      .select("region")
      .where("key_id", "=", id)
      .where((where) => where.or([where("deletion_at", "is", null), where("deletion_at", ">", now())]))
      .orderBy("region")
      .execute();
    return rows.map(({ region }) => region);
  }

  /** Removes the keys whose deletion date has passed, with their material and aliases; says how many. */
  async function removeDue(): Promise<number> {
    const gone: KeyName[] = [];
    // A primary may be due with its last replica.
    for (;;) {
      const removed = await database.transaction((db) => removeKeys(db, now(), happenings));
      if (removed.length === 0) break;
      gone.push(...removed);
    }
    for (const name of gone) materials.forget(name);
    return gone.length;
  }

  return {
    removeDue,

    /** The regions that have the key, sorted. */
    regionsOf: (id: string) => regionsOf(database.db, id),

    /**
     * Makes a replica of a primary in another region; its material is there too unless it was imported. `check` looks at
     * the primary as it is now and may throw. `undefined` where the primary is gone, "exists" where the region has the key.
     */
    async replicate(
      primary: KeyName,
      region: string,
      text: KeyText,
      check: (key: Key) => void,
    ): Promise<Key | "exists" | undefined> {
      const replica = { region, id: primary.id };
      await removeDue();
      return database.transaction(async (db) => {
        const key = await keyAt(db, primary, now());
        if (!key) return undefined;
        check(key);
        if (await keyAt(db, replica, now())) return "exists";
        const row = await keyRow(db, primary);
        const isImported = key.origin === "EXTERNAL";
        const state = isImported ? "PendingImport" : "Enabled";
        const own = {
          region,
          state,
          valid_to: null,
          created_at: now(),
          deletion_at: null,
          deletion_window: null,
        } as const;
        await db
          .insertInto("kms_keys")
          .values({ ...row, ...textColumns(text), ...own })
          .execute();
        const shared = await db
          .selectFrom("kms_key_materials")
          .selectAll()
          .where("region", "=", primary.region)
          .where("key_id", "=", primary.id)
          .where("version", "<=", key.materialVersion)
          .execute();
        for (const material of shared) {
          const copy = isImported ? { sealed: null, valid_to: null } : {};
          await db
            .insertInto("kms_key_materials")
            .values({ ...material, ...copy, region })
            .execute();
        }
        return (await keyAt(db, replica, now()))!;
      });
    },

    /**
     * Makes the key's replica in that region its primary. `check` looks at both as they are now and may throw. `false`
     * where the primary is gone, "no replica" where the region has none.
     */
    async updatePrimary(
      primary: KeyName,
      region: string,
      check: (primary: Key, replica: Key | undefined) => void,
    ): Promise<boolean | "no replica"> {
      return database.transaction(async (db) => {
        const key = await keyAt(db, primary, now());
        if (!key) return false;
        const replica = await keyAt(db, { region, id: primary.id }, now());
        check(key, replica);
        if (!replica) return "no replica";
        await db.updateTable("kms_keys").set({ primary_region: region }).where("key_id", "=", primary.id).execute();
        return true;
      });
    },

    /**
     * Has the key deleted after so many days; a primary with replicas waits for these first. `check` looks at the key as
     * it is now and may throw. `undefined` where the key is gone.
     */
    async scheduleDeletion(name: KeyName, days: number, check: (key: Key) => void): Promise<Key | undefined> {
      return database.transaction(async (db) => {
        const key = await keyAt(db, name, now());
        if (!key) return undefined;
        check(key);
        const regions = key.primaryRegion === key.region ? await regionsOf(db, key.id) : [];
        const changes =
          regions.length > 1
            ? ({ state: "PendingReplicaDeletion", deletionWindow: days } as const)
            : ({ state: "PendingDeletion", deletionAt: new Date(now() + days * day) } as const);
        await update(db, name, changedColumns(changes));
        return (await keyAt(db, name, now()))!;
      });
    },

    /** Keeps a key that was to be deleted. `check` looks at it as it is now and may throw. `false` where it is gone. */
    async cancelDeletion(name: KeyName, check: (key: Key) => void): Promise<boolean> {
      return database.transaction(async (db) => {
        const key = await keyAt(db, name, now());
        if (!key) return false;
        check(key);
        const lacks = key.origin === "EXTERNAL" && (await lacksMaterial(db, name));
        await update(db, name, changedColumns({ state: lacks ? "PendingImport" : "Disabled" }));
        return true;
      });
    },
  };
}

async function keyRow(db: Kysely<Tables>, { region, id }: KeyName) {
  const query = db.selectFrom("kms_keys").selectAll().where("region", "=", region).where("key_id", "=", id);
  return query.executeTakeFirstOrThrow();
}

async function update(db: Kysely<Tables>, { region, id }: KeyName, set: Partial<Tables["kms_keys"]>): Promise<void> {
  await db.updateTable("kms_keys").set(set).where("region", "=", region).where("key_id", "=", id).execute();
}

async function removeKeys(db: Kysely<Tables>, now: number, happenings: KeyEvents): Promise<readonly KeyName[]> {
  const due = await db
    .selectFrom("kms_keys")
    .select(["account", "region", "key_id", "deletion_at", "primary_region"])
    .where("deletion_at", "<=", now)
    .orderBy("deletion_at")
    .execute();
  for (const { account, region, key_id, deletion_at, primary_region } of due) {
    for (const table of ["kms_aliases", "kms_grants", "kms_key_usages", "kms_key_materials", "kms_keys"] as const) {
      await db.deleteFrom(table).where("region", "=", region).where("key_id", "=", key_id).execute();
    }
    await happenings.deleted(db, { account, region, id: key_id });
    if (primary_region !== null && primary_region !== region) {
      await startWaiting(db, { region: primary_region, id: key_id }, deletion_at!);
    }
  }
  return due.map(({ region, key_id: id }) => ({ region, id }));
}

/** A primary that waited for its replicas begins its own waiting period when the last of them is gone. */
async function startWaiting(db: Kysely<Tables>, primary: KeyName, lastGoneAt: number): Promise<void> {
  const rows = await db
    .selectFrom("kms_keys")
    .select(["region", "state", "deletion_window"])
    .where("key_id", "=", primary.id)
    .execute();
  const [row] = rows;
  if (rows.length !== 1 || row?.state !== "PendingReplicaDeletion") return;
  const deletionAt = new Date(lastGoneAt + (row.deletion_window ?? 0) * day);
  await update(db, primary, changedColumns({ state: "PendingDeletion", deletionAt }));
}

/** Whether it may be that the last replica of the key is gone. */
export function waitsForReplicas(key: Key): boolean {
  return key.state === "PendingReplicaDeletion" && !isReplica(key);
}
