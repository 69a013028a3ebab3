import { type Kysely, sql } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Key } from "../keys/key.ts";
import { keyAt } from "../keys/rows.ts";
import { day, type StoreParts } from "../store-parts.ts";
import { newMaterial } from "./new-material.ts";
import type { KeyName } from "./records.ts";

/** On-demand rotations that a key can have. https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const onDemandLimit = 25;

export type RotationOutcome = "rotated" | "limit" | "nothing pending";

/** Whether a key is to be rotated now: only the primary of a multi-Region key decides. */
export function isRotationDue(key: Key, now: number): boolean {
  if (key.state !== "Enabled" || key.rotatesAt === undefined || key.rotatesAt.getTime() > now) return false;
  return key.primaryRegion === undefined || key.primaryRegion === key.region;
}

/** All SQL of rotations. What is rotated is rotated in all regions of the key at once. */
export function rotationStore({ database, materials, ids, happenings, now }: StoreParts) {
  /** Has the key use its next material: a new one, or the imported one that waits. `false` where none waits. */
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
      // Where the key is kept after all, the material has to be imported first.
      for (const region of waiting.doomed) {
        const row = { region, key_id: key.id, version, material_id, sealed: null, ...never, ...rotated };
        // An expired one may be there.
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
      const material = await newMaterial(key.spec);
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
    for (const { region } of regions) await happenings.rotated(db, { ...key, region }, rotation_type, material_id);
    return true;
  }

  async function rotateIfDue({ region, id }: KeyName): Promise<boolean> {
    return database.transaction(async (db) => {
      const key = await keyAt(db, { region, id }, now());
      if (!key || !isRotationDue(key, now())) return false;
      if (!(await rotate(db, key, "AUTOMATIC"))) return false;
      const period = key.rotationPeriod! * day;
      const planned = key.rotatesAt!.getTime() + period;
      // Where the key was disabled, or no server ran, for longer than a period.
      const rotates_at = planned > now() ? planned : now() + period;
      await db.updateTable("kms_keys").set({ rotates_at }).where("key_id", "=", id).execute();
      return true;
    });
  }

  return {
    /** Rotates the key where that is due; only one of all who ask at the same time does. */
    rotateIfDue,

    /** Rotates every key of which the date has come; says how many. */
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
     * Sets the days between automatic rotations, or that there are none; the first comes a period from now. `check` looks
     * at the key as it is now and may throw. `false` where the key is gone.
     */
    async setRotation(name: KeyName, period: number | undefined, check: (key: Key) => void): Promise<boolean> {
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

    /** Rotates the key now. `check` looks at the key as it is now and may throw. `undefined` where the key is gone. */
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

    /** Up to `limit` materials with versions above `after`, in order; all of them, or those that a rotation brought. */
    async listMaterials({ region, id }: KeyName, { all, after, limit }: MaterialPage): Promise<Material[]> {
      const rows = await database.db
        .selectFrom("kms_key_materials as m")
        .innerJoin("kms_keys as k", (join) =>
          join.onRef("k.key_id", "=", "m.key_id").onRef("k.region", "=", "m.region"),
        )
        .select(["m.version", "m.material_id", "m.description", "m.valid_to", "m.rotated_at", "m.rotation_type"])
        .select(["k.material_version", sql<number>`case when m.sealed is null then 0 else 1 end`.as("is_there")])
        .where("m.region", "=", region)
        .where("m.key_id", "=", id)
        .where("m.version", ">", after)
        // What waited for a rotation and has expired is gone.
        .where((where) =>
          where.or([
            where("m.version", "<=", where.ref("k.material_version")),
            where("m.valid_to", "is", null),
            where("m.valid_to", ">", now()),
          ]),
        )
        .$if(!all, (query) => query.where("m.rotated_at", "is not", null))
        .orderBy("m.version")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        version: row.version,
        place: Math.sign(row.version - row.material_version) as Material["place"],
        id: row.material_id,
        description: row.description ?? undefined,
        isThere: row.is_there === 1 && !isOver(row.valid_to, now()),
        validTo: row.valid_to === null ? undefined : new Date(row.valid_to),
        rotatedAt: row.rotated_at === null ? undefined : new Date(row.rotated_at),
        rotationType: row.rotation_type ?? undefined,
      }));
    },

    /** Whether the key's waiting material was imported in all its regions. */
    async isReadyToRotate(key: Key): Promise<boolean> {
      return (await waitingMaterial(database.db, key, now()))?.isReady ?? false;
    },
  };
}

export interface MaterialPage {
  readonly all: boolean;
  readonly after: number;
  readonly limit: number;
}

/** A material of a key, without its secret. */
export interface Material {
  readonly version: number;
  /** 0 is the current one, -1 one before it, 1 one that waits for a rotation. */
  readonly place: -1 | 0 | 1;
  readonly id: string;
  readonly description: string | undefined;
  /** `false` where what was imported is deleted or has expired. */
  readonly isThere: boolean;
  readonly validTo: Date | undefined;
  readonly rotatedAt: Date | undefined;
  readonly rotationType: "AUTOMATIC" | "ON_DEMAND" | undefined;
}

/**
 * The imported material that waits for a rotation, and whether all regions have it. Those of `doomed` do not and are not
 * waited for: there the key is to be deleted.
 */
async function waitingMaterial(db: Kysely<Tables>, key: Key, now: number) {
  const rows = await db
    .selectFrom("kms_keys as k")
    .leftJoin("kms_key_materials as m", (join) =>
      join
        .onRef("m.key_id", "=", "k.key_id")
        .onRef("m.region", "=", "k.region")
        .on("m.version", "=", key.materialVersion + 1),
    )
    .select(["k.region", "k.state", "m.material_id", "m.sealed", "m.valid_to"])
    .where("k.key_id", "=", key.id)
    .execute();
  const own = rows.find(({ region }) => region === key.region);
  if (!own?.sealed || own.material_id === null || isOver(own.valid_to, now)) return undefined;
  const lacking = rows.filter(({ sealed, valid_to }) => !sealed || isOver(valid_to, now));
  return {
    materialId: own.material_id,
    isReady: lacking.every(({ state }) => state === "PendingDeletion"),
    doomed: lacking.map(({ region }) => region),
  };
}

function isOver(validTo: number | null, now: number): boolean {
  return validTo !== null && validTo <= now;
}

/** Writes down when the first material expires that the key uses, in each region. */
export async function refreshValidTo(db: Kysely<Tables>, id: string): Promise<void> {
  await db
    .updateTable("kms_keys")
    .set({
      valid_to: sql`(select min(m.valid_to) from kms_key_materials m where m.key_id = kms_keys.key_id
        and m.region = kms_keys.region and m.version <= kms_keys.material_version and m.sealed is not null)`,
    })
    .where("key_id", "=", id)
    .execute();
}
