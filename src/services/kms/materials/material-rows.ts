import { type Kysely, sql } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { KeyAuditEvents } from "../keys/audit-events.ts";
import { isReplica, type Key, type KeyName } from "../keys/key.ts";
import { keyAt, updateKey } from "../keys/rows.ts";

/** Stores when the first material expires that the key uses, in each region. */
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

/** `true` if a material that the key has used is missing. */
export async function lacksMaterial(db: Kysely<Tables>, { region, id }: KeyName): Promise<boolean> {
  const rows = await db
    .selectFrom("kms_keys as k")
    .leftJoin("kms_key_materials as m", (join) =>
      join
        .onRef("m.key_id", "=", "k.key_id")
        .onRef("m.region", "=", "k.region")
        .onRef("m.version", "<=", "k.material_version"),
    )
    .select("k.key_id")
    .where("k.region", "=", region)
    .where("k.key_id", "=", id)
    .where("m.sealed", "is", null)
    .execute();
  return rows.length > 0;
}

/** Removes the materials that have expired, of one key or of all. */
export async function removeExpired(
  db: Kysely<Tables>,
  now: number,
  auditEvents: KeyAuditEvents,
  only?: KeyName,
): Promise<readonly KeyName[]> {
  let query = db
    .selectFrom("kms_key_materials")
    .select(["region", "key_id", "version", "material_id"])
    .where("valid_to", "<=", now)
    .where("sealed", "is not", null);
  if (only) query = query.where("region", "=", only.region).where("key_id", "=", only.id);
  const due = await query.execute();
  for (const { region, key_id, version, material_id } of due) {
    const key = await keyAt(db, { region, id: key_id }, now);
    if (key) {
      await removeMaterial(db, key, version);
      await auditEvents.expired(db, key, material_id);
    }
    await refreshValidTo(db, key_id);
  }
  return due.map(({ region, key_id: id }) => ({ region, id }));
}

/**
 * Removes a material. One that waits for a rotation goes with its row, and from a primary in all regions. Of another one
 * the row stays, so that it can be imported again; the key cannot be used until then.
 */
export async function removeMaterial(db: Kysely<Tables>, key: Key, version: number): Promise<void> {
  const { region, id } = key;
  if (version > key.materialVersion) {
    let removal = db.deleteFrom("kms_key_materials").where("key_id", "=", id).where("version", "=", version);
    if (isReplica(key)) removal = removal.where("region", "=", region);
    await removal.execute();
    return;
  }
  await db
    .updateTable("kms_key_materials")
    .set({ sealed: null, valid_to: null })
    .where("region", "=", region)
    .where("key_id", "=", id)
    .where("version", "=", version)
    .execute();
  if (key.state === "Enabled" || key.state === "Disabled" || key.state === "PendingImport") {
    await updateKey(db, key, { state: "PendingImport" });
  }
}
