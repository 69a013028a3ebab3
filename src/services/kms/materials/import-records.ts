import type { Kysely, Selectable } from "kysely";
import { defined } from "../../../defined.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { isReplica, type Key, type KeyName } from "../keys/key.ts";
import { keyAt, updateKey } from "../keys/rows.ts";
import type { StoreParts } from "../store-parts.ts";
import { importTokens } from "./import-token.ts";
import { importedMaterialId } from "./material-ids.ts";
import { lacksMaterial, refreshValidTo, removeExpired, removeMaterial } from "./material-rows.ts";

export interface MaterialImport {
  /** In its stored form. */
  readonly material: Uint8Array;
  /** The material must be new to the key, or known to it. The key's history decides if absent. */
  readonly type?: "NEW_KEY_MATERIAL" | "EXISTING_KEY_MATERIAL" | undefined;
  readonly materialId?: string | undefined;
  readonly description?: string | undefined;
  readonly validTo?: Date | undefined;
}

export type ImportOutcome =
  | { readonly outcome: "imported"; readonly materialId: string }
  /** The key does not know the material, or its id is another. */
  | { readonly outcome: "other material"; readonly materialId: string }
  /** The material must be new, but the key knows it. */
  | { readonly outcome: "not new"; readonly materialId: string }
  | { readonly outcome: "other pending"; readonly materialId: string; readonly pendingId: string }
  /** New material must be imported into the primary first. */
  | { readonly outcome: "replica" };

type Row = Selectable<Tables["kms_key_materials"]>;

/**
 * All SQL of imported materials. The row and the id of a removed material stay: without them it could not be imported
 * again.
 */
export function importRecords({ database, keyring, materials, auditEvents, now }: StoreParts) {
  async function store(db: Kysely<Tables>, key: Key, version: number, row: Partial<Row>): Promise<void> {
    const name = { region: key.region, key_id: key.id, version };
    const rest = { description: null, valid_to: null, rotated_at: null, rotation_type: null, created_at: now() };
    await db
      .insertInto("kms_key_materials")
      .values({ ...name, material_id: "", sealed: null, ...rest, ...row })
      .onConflict((conflict) => conflict.columns(["key_id", "region", "version"]).doUpdateSet(row))
      .execute();
  }

  async function importNew(db: Kysely<Tables>, key: Key, own: readonly Row[], id: string, given: MaterialImport) {
    if (isReplica(key)) return { outcome: "replica" } as const;
    if (own.some(({ material_id }) => material_id === id)) return { outcome: "not new", materialId: id } as const;
    const pending = own.find(({ version }) => version > key.materialVersion);
    if (pending) return { outcome: "other pending", materialId: id, pendingId: pending.material_id } as const;
    const version = key.materialVersion + 1;
    // Another region may still have a material that was pending before.
    await db.deleteFrom("kms_key_materials").where("key_id", "=", key.id).where("version", "=", version).execute();
    await store(db, key, version, { ...columns(key, version, given), material_id: id });
    if (version === 1) {
      const material_id = key.spec === "SYMMETRIC_DEFAULT" ? id : null;
      const set = { material_version: 1, material_id };
      await db.updateTable("kms_keys").set(set).where("key_id", "=", key.id).execute();
    }
    return undefined;
  }

  function columns(key: Key, version: number, { material, validTo, description }: MaterialImport) {
    const sealed = materials.seal(key.id, version, material);
    return { sealed, valid_to: validTo?.getTime() ?? null, ...defined({ description }) };
  }

  return {
    tokens: importTokens(keyring),

    /**
     * Imports material into the key. `check` gets the key as it is in the transaction, and may throw. `undefined` where
     * the key is gone.
     */
    async add(name: KeyName, given: MaterialImport, check: (key: Key) => void): Promise<ImportOutcome | undefined> {
      return database.transaction(async (db) => {
        await removeExpired(db, now(), auditEvents, name);
        const key = await keyAt(db, name, now());
        if (!key) return undefined;
        check(key);
        const rows = await db.selectFrom("kms_key_materials").selectAll().where("key_id", "=", name.id).execute();
        const own = rows.filter(({ region }) => region === name.region);
        const id = await importedMaterialId(db, keyring, name, given.material);
        const type = given.type ?? (own.length === 0 ? "NEW_KEY_MATERIAL" : "EXISTING_KEY_MATERIAL");
        if (type === "NEW_KEY_MATERIAL") {
          const refused = await importNew(db, key, own, id, given);
          if (refused) return refused;
        } else {
          const known = [...own, ...rows.filter(({ region }) => region === key.primaryRegion)];
          const row = known.find(({ material_id }) => material_id === id);
          if (!row || (given.materialId ?? id) !== id) return { outcome: "other material", materialId: id };
          await store(db, key, row.version, { ...columns(key, row.version, given), material_id: id });
        }
        await refreshValidTo(db, name.id);
        if (key.state === "PendingImport" && !(await lacksMaterial(db, name))) {
          await updateKey(db, name, { state: "Enabled" });
        }
        return { outcome: "imported", materialId: id };
      });
    },

    /**
     * Deletes the material of that id, or the current one. It is gone at once here, and from the memory of other processes
     * with their next `forgetRemoved`. `undefined` where the key is gone; no id where the key never had such a material.
     */
    async delete(
      name: KeyName,
      id: string | undefined,
    ): Promise<{ readonly materialId: string | undefined } | undefined> {
      const deleted = await database.transaction(async (db) => {
        await removeExpired(db, now(), auditEvents, name);
        const key = await keyAt(db, name, now());
        if (!key) return undefined;
        const row = await db
          .selectFrom("kms_key_materials")
          .select(["version", "material_id"])
          .where("region", "=", name.region)
          .where("key_id", "=", name.id)
          .where((where) =>
            id === undefined ? where("version", "=", key.materialVersion) : where("material_id", "=", id),
          )
          .executeTakeFirst();
        if (!row) return { materialId: undefined };
        await removeMaterial(db, key, row.version);
        await refreshValidTo(db, name.id);
        return { materialId: row.material_id };
      });
      materials.forget(name);
      return deleted;
    },

    /** Removes every imported material that has expired. Gives their number. */
    async removeExpired(): Promise<number> {
      const expired = await database.transaction((db) => removeExpired(db, now(), auditEvents));
      for (const name of expired) materials.forget(name);
      return expired.length;
    },
  };
}
