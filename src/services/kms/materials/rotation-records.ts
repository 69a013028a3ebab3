import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Key, KeyName } from "../keys/key.ts";
import { keyAt } from "../keys/rows.ts";
import { day, type StoreParts } from "../store-parts.ts";
import { refreshValidTo } from "./material-rows.ts";
import { newMaterial } from "./new-material.ts";
import { isRotationDue, type MaterialPage, type RotationOutcome } from "./rotation.ts";
import { listMaterials, waitingMaterial } from "./rotation-reads.ts";

/** On-demand rotations that a key can have. https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const onDemandLimit = 25;

export type RotationRecords = ReturnType<typeof rotationRecords>;

/** All SQL of rotations. A key is rotated in all its regions at once. */
export function rotationRecords({ database, materials, ids, auditEvents, newKeyPair, now }: StoreParts) {
  /** Makes the key use its next material: a new one, or the imported one that waits. `false` where none waits. */
  async function rotate(db: Kysely<Tables>, key: Key, rotation_type: "AUTOMATIC" | "ON_DEMAND"): Promise<boolean> {
    const version = key.materialVersion + 1;
    const rotated = { rotated_at: now(), rotation_type };
    const never = { description: null, valid_to: null, created_at: now() };
    const regions = await db.selectFrom("kms_keys").select("region").where("key_id", "=", key.id).execute();
    let material_id: string;
    if (key.origin === "EXTERNAL") {
      const waiting = await waitingMaterial(db, key, now());
      if (!waiting?.isReady) return false;
      material_id = waiting.materialId;
      // If such a key is kept after all, the material must be imported first.
      for (const region of waiting.doomed) {
        const row = { region, key_id: key.id, version, material_id, sealed: null, ...never, ...rotated };
        // There may be an expired one.
        await db
          .insertInto("kms_key_materials")
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      const update = db.updateTable("kms_key_materials").set(rotated);
      await update.where("key_id", "=", key.id).where("version", "=", version).execute();
    } else {
      material_id = ids.hex(32);
      const material = await newMaterial(key.spec, newKeyPair);
      const sealed = materials.seal(key.id, version, material);
      material.fill(0);
      const rows = regions.map(({ region }) => ({ region, key_id: key.id, version, material_id, sealed, ...never }));
      await db
        .insertInto("kms_key_materials")
        .values(rows.map((row) => ({ ...row, ...rotated })))
        .execute();
    }
    const current = db.updateTable("kms_keys").set({ material_version: version, material_id });
    await current.where("key_id", "=", key.id).execute();
    await refreshValidTo(db, key.id);
    for (const { region } of regions) await auditEvents.rotated(db, { ...key, region }, rotation_type, material_id);
    return true;
  }

  async function rotateIfDue({ region, id }: KeyName): Promise<boolean> {
    return database.transaction(async (db) => {
      const key = await keyAt(db, { region, id }, now());
      if (!key || !isRotationDue(key, now())) return false;
      if (!(await rotate(db, key, "AUTOMATIC"))) return false;
      const period = (key.rotationPeriod ?? 0) * day;
      const planned = (key.rotatesAt?.getTime() ?? 0) + period;
      // The plan is past if the key was disabled, or no server ran, for longer than a period.
      const rotates_at = planned > now() ? planned : now() + period;
      await db.updateTable("kms_keys").set({ rotates_at }).where("key_id", "=", id).execute();
      return true;
    });
  }

  return {
    /** Rotates the key if that is due. Of simultaneous calls only one does. */
    rotateIfDue,

    /** Rotates every key that is due. Gives their number. */
    async rotateDue(): Promise<number> {
      const due = await database.db
        .selectFrom("kms_keys")
        .select(["region", "key_id"])
        .where("rotates_at", "<=", now())
        .where("state", "=", "Enabled")
        .where((where) =>
          where.or([where("primary_region", "is", null), where("primary_region", "=", where.ref("region"))]),
        )
        .execute();
      let rotated = 0;
      for (const { region, key_id: id } of due) if (await rotateIfDue({ region, id })) rotated++;
      return rotated;
    },

    /**
     * Sets the days between automatic rotations, `undefined` for none; the first comes a period from now. `check` gets the
     * key as it is in the transaction, and may throw. `false` where the key is gone.
     */
    async set(name: KeyName, period: number | undefined, check: (key: Key) => void): Promise<boolean> {
      return database.transaction(async (db) => {
        const key = await keyAt(db, name, now());
        if (!key) return false;
        check(key);
        if (key.rotationPeriod === period) return true;
        const set = { rotation_period: period ?? null, rotates_at: period === undefined ? null : now() + period * day };
        await db.updateTable("kms_keys").set(set).where("key_id", "=", name.id).execute();
        return true;
      });
    },

    /** Rotates the key now; `check` as in `set`. `undefined` where the key is gone. */
    async rotateOnDemand(name: KeyName, check: (key: Key) => void): Promise<RotationOutcome | undefined> {
      return database.transaction(async (db) => {
        const key = await keyAt(db, name, now());
        if (!key) return undefined;
        check(key);
        const { count } = await db
          .selectFrom("kms_key_materials")
          .select((select) => select.fn.countAll<number>().as("count"))
          .where("region", "=", name.region)
          .where("key_id", "=", name.id)
          .where("rotation_type", "=", "ON_DEMAND")
          .executeTakeFirstOrThrow();
        if (Number(count) >= onDemandLimit) return "limit";
        return (await rotate(db, key, "ON_DEMAND")) ? "rotated" : "nothing pending";
      });
    },

    list: (name: KeyName, page: MaterialPage) => listMaterials(database.db, name, page, now()),

    /** `true` if the key's waiting material was imported in all its regions. */
    async isReady(key: Key): Promise<boolean> {
      return (await waitingMaterial(database.db, key, now()))?.isReady ?? false;
    },
  };
}
