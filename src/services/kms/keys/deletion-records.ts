import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { lacksMaterial } from "../materials/material-rows.ts";
import { day, type StoreParts } from "../store-parts.ts";
import type { KeyAuditEvents } from "./audit-events.ts";
import { isPrimary, isReplica, type Key, type KeyName } from "./key.ts";
import { changedColumns, keyAt, keyRegions, updateKey, writtenKey } from "./rows.ts";

export type DeletionRecords = ReturnType<typeof deletionRecords>;

/** All SQL of deletions. A primary is not deleted before its replicas. */
export function deletionRecords({ database, materials, auditEvents, now }: StoreParts) {
  /** Removes the keys whose deletion date has passed, with their material and aliases. Gives their number. */
  async function removeDue(): Promise<number> {
    const gone: KeyName[] = [];
    // The removal of a last replica may make its primary due.
    for (;;) {
      const removed = await database.transaction((db) => removeKeys(db, now(), auditEvents));
      if (removed.length === 0) break;
      gone.push(...removed);
    }
    for (const name of gone) materials.forget(name);
    return gone.length;
  }

  return {
    removeDue,

    /** Ends a primary's wait for its replicas if no other region has the key. */
    async endWait(id: string): Promise<void> {
      if ((await keyRegions(database.db, id, now())).length === 1) await removeDue();
    },

    /**
     * Schedules the key's deletion after so many days; a primary with replicas waits for these first. `check` gets the key
     * as it is in the transaction, and may throw. `undefined` where the key is gone.
     */
    async schedule({ region, id }: KeyName, days: number, check: (key: Key) => void): Promise<Key | undefined> {
      const name = { region, id };
      return database.transaction(async (db) => {
        const key = await keyAt(db, name, now());
        if (!key) return undefined;
        check(key);
        const regions = isPrimary(key) ? await keyRegions(db, id, now()) : [];
        const changes =
          regions.length > 1
            ? ({ state: "PendingReplicaDeletion", deletionWindow: days } as const)
            : ({ state: "PendingDeletion", deletionAt: new Date(now() + days * day) } as const);
        await updateKey(db, name, changedColumns(changes));
        return writtenKey(db, name, now());
      });
    },

    /** Cancels a scheduled deletion; `check` as in `schedule`. `false` where the key is gone. */
    async cancel({ region, id }: KeyName, check: (key: Key) => void): Promise<boolean> {
      const name = { region, id };
      return database.transaction(async (db) => {
        const key = await keyAt(db, name, now());
        if (!key) return false;
        check(key);
        const lacks = key.origin === "EXTERNAL" && (await lacksMaterial(db, name));
        await updateKey(db, name, changedColumns({ state: lacks ? "PendingImport" : "Disabled" }));
        return true;
      });
    },
  };
}

/** `true` if the last replica of the key may be gone. */
export function waitsForReplicas(key: Key): boolean {
  return key.state === "PendingReplicaDeletion" && !isReplica(key);
}

async function removeKeys(db: Kysely<Tables>, now: number, auditEvents: KeyAuditEvents): Promise<readonly KeyName[]> {
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
    await auditEvents.deleted(db, { account, region, id: key_id });
    if (primary_region !== null && primary_region !== region) {
      await startWaiting(db, { region: primary_region, id: key_id }, deletion_at ?? now);
    }
  }
  return due.map(({ region, key_id: id }) => ({ region, id }));
}

/** Starts a primary's own waiting period once the last of its replicas is gone. */
async function startWaiting(db: Kysely<Tables>, primary: KeyName, lastGoneAt: number): Promise<void> {
  const rows = await db
    .selectFrom("kms_keys")
    .select(["region", "state", "deletion_window"])
    .where("key_id", "=", primary.id)
    .execute();
  const [row] = rows;
  if (rows.length !== 1 || row?.state !== "PendingReplicaDeletion") return;
  const deletionAt = new Date(lastGoneAt + (row.deletion_window ?? 0) * day);
  await updateKey(db, primary, changedColumns({ state: "PendingDeletion", deletionAt }));
}
