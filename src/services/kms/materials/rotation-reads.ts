import { type Kysely, sql } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { Key, KeyName } from "../keys/key.ts";
import type { Material, MaterialPage } from "./rotation.ts";

/** Up to `limit` materials with versions above `after`, in order: all of them, or those that a rotation brought. */
export async function listMaterials(
  db: Kysely<Tables>,
  { region, id }: KeyName,
  { all, after, limit }: MaterialPage,
  now: number,
): Promise<Material[]> {
  let query = db
    .selectFrom("kms_key_materials as m")
    .innerJoin("kms_keys as k", (join) => join.onRef("k.key_id", "=", "m.key_id").onRef("k.region", "=", "m.region"))
    .select(["m.version", "m.material_id", "m.description", "m.valid_to", "m.rotated_at", "m.rotation_type"])
    .select(["k.material_version", sql<number>`case when m.sealed is null then 0 else 1 end`.as("is_there")])
    .where("m.region", "=", region)
    .where("m.key_id", "=", id)
    .where("m.version", ">", after)
    // A material that waited for a rotation and has expired is gone.
    .where((where) =>
      where.or([
        where("m.version", "<=", where.ref("k.material_version")),
        where("m.valid_to", "is", null),
        where("m.valid_to", ">", now),
      ]),
    );
  if (!all) query = query.where("m.rotated_at", "is not", null);
  const rows = await query.orderBy("m.version").limit(limit).execute();
  return rows.map((row) => ({
    version: row.version,
    place: placeOf(row.version, row.material_version),
    id: row.material_id,
    description: row.description ?? undefined,
    isThere: row.is_there === 1 && !isOver(row.valid_to, now),
    validTo: row.valid_to === null ? undefined : new Date(row.valid_to),
    rotation:
      row.rotated_at === null || row.rotation_type === null
        ? undefined
        : { at: new Date(row.rotated_at), type: row.rotation_type },
  }));
}

function placeOf(version: number, current: number): Material["place"] {
  if (version === current) return 0;
  return version < current ? -1 : 1;
}

/**
 * The imported material that waits for a rotation, and whether all regions have it. The regions in `doomed` do not have it
 * and are not waited for: their key will be deleted.
 */
export async function waitingMaterial(db: Kysely<Tables>, key: Key, now: number) {
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
