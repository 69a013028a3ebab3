import { createHmac, randomBytes } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { SealedColumn } from "../../../storage/sealed-column.ts";
import type { KeyEvents } from "../keys/audit-events.ts";
import { isReplica, type Key } from "../keys/key.ts";
import { keyAt } from "../keys/rows.ts";
import type { StoreParts } from "../store-parts.ts";
import type { KeyName } from "./records.ts";
import { refreshValidTo } from "./rotation-records.ts";

export interface MaterialImport {
  /** In its stored form. */
  readonly material: Uint8Array;
  /** What the key has not had, or has had; the key's history decides where absent. */
  readonly type?: "NEW_KEY_MATERIAL" | "EXISTING_KEY_MATERIAL" | undefined;
  readonly materialId?: string | undefined;
  readonly description?: string | undefined;
  readonly validTo?: Date | undefined;
}

export type ImportOutcome =
  | { readonly outcome: "imported"; readonly materialId: string }
  /** Not the material that the key had, or not that of the id. */
  | { readonly outcome: "other material"; readonly materialId: string }
  /** To be new, but the key has it. */
  | { readonly outcome: "not new"; readonly materialId: string }
  | { readonly outcome: "other pending"; readonly materialId: string; readonly pendingId: string }
  /** New material is imported into the primary first. */
  | { readonly outcome: "replica" };

type Row = Selectable<Tables["kms_key_materials"]>;

/**
 * All SQL of imported materials. A material that is gone keeps its row and id, without which it could not be imported
 * again. An id is made with a secret, so that nobody can tell a guessed material from it.
 */
export function importStore({ database, keyring, materials, happenings, now }: StoreParts) {
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
    // What another region has of a material that was pending before.
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
    return {
      sealed: materials.seal(key.id, version, material),
      valid_to: validTo?.getTime() ?? null,
      ...(description !== undefined && { description }),
    };
  }

  return {
    /** Imports material into the key. `check` looks at the key as it is now and may throw. `undefined` where it is gone. */
    async importMaterial(
      name: KeyName,
      given: MaterialImport,
      check: (key: Key) => void,
    ): Promise<ImportOutcome | undefined> {
      return database.transaction(async (db) => {
        await expire(db, now(), happenings, name);
        const key = await keyAt(db, name, now());
        if (!key) return undefined;
        check(key);
        const rows = await db.selectFrom("kms_key_materials").selectAll().where("key_id", "=", name.id).execute();
        const own = rows.filter(({ region }) => region === name.region);
        const id = materialId(keyring, name.id, await secretOf(db, name), given.material);
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
          await setState(db, name, "Enabled");
        }
        return { outcome: "imported", materialId: id };
      });
    },

    /**
     * Removes the material of that id, or the current one: at once here, with the next `forgetRemoved` from the memory of
     * other processes. `undefined` where the key is gone, no id where it never had such a material.
     */
    async deleteMaterial(name: KeyName, id: string | undefined) {
      const deleted = await database.transaction(async (db) => {
        await expire(db, now(), happenings, name);
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
        await remove(db, key, row.version);
        await refreshValidTo(db, name.id);
        return { materialId: row.material_id };
      });
      materials.forget(name);
      return deleted;
    },

    /** Removes every imported material that has expired; says how many. */
    async removeExpired(): Promise<number> {
      const expired = await database.transaction((db) => expire(db, now(), happenings));
      for (const name of expired) materials.forget(name);
      return expired.length;
    },
  };
}

/** A new key's secret for the ids of its materials, sealed. */
export function newMaterialSecret(keyring: Keyring, id: string): Uint8Array {
  return keyring.seal(randomBytes(32), secretPurpose(id));
}

function materialId(keyring: Keyring, id: string, sealed: Uint8Array, material: Uint8Array): string {
  const secret = keyring.open(sealed, secretPurpose(id));
  if (!secret) throw new Error(`Cannot open ${secretPurpose(id)}: it was changed, or sealed under another root key`);
  return createHmac("sha256", secret).update(material).digest("hex");
}

function secretPurpose(id: string): string {
  return `KMS key ${id} secret of material ids`;
}

export const sealedSecret: SealedColumn = {
  table: "kms_keys",
  column: "material_secret",
  key: ["region", "key_id"],
  purpose: ({ key_id }) => secretPurpose(String(key_id)),
};

async function secretOf(db: Kysely<Tables>, { region, id }: KeyName): Promise<Uint8Array> {
  const row = await db
    .selectFrom("kms_keys")
    .select("material_secret")
    .where("region", "=", region)
    .where("key_id", "=", id)
    .executeTakeFirst();
  if (!row?.material_secret) throw new Error(`KMS key ${id} is not made for imported material`);
  return row.material_secret;
}

/** Whether the key has not every material that it ever used. */
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
async function expire(
  db: Kysely<Tables>,
  now: number,
  happenings: KeyEvents,
  only?: KeyName,
): Promise<readonly KeyName[]> {
  const due = await db
    .selectFrom("kms_key_materials")
    .select(["region", "key_id", "version", "material_id"])
    .where("valid_to", "<=", now)
    .where("sealed", "is not", null)
    .$if(only !== undefined, (query) => query.where("region", "=", only!.region).where("key_id", "=", only!.id))
    .execute();
  for (const { region, key_id, version, material_id } of due) {
    const key = await keyAt(db, { region, id: key_id }, now);
    if (key) {
      await remove(db, key, version);
      await happenings.expired(db, key, material_id);
    }
    await refreshValidTo(db, key_id);
  }
  return due.map(({ region, key_id: id }) => ({ region, id }));
}

/** What waits for a rotation goes altogether, from a primary in all regions; the key cannot be used without the others. */
async function remove(db: Kysely<Tables>, key: Key, version: number): Promise<void> {
  const { region, id } = key;
  if (version > key.materialVersion) {
    await db
      .deleteFrom("kms_key_materials")
      .where("key_id", "=", id)
      .where("version", "=", version)
      .$if(isReplica(key), (query) => query.where("region", "=", region))
      .execute();
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
    await setState(db, key, "PendingImport");
  }
}

async function setState(db: Kysely<Tables>, { region, id }: KeyName, state: Key["state"]): Promise<void> {
  await db.updateTable("kms_keys").set({ state }).where("region", "=", region).where("key_id", "=", id).execute();
}
