import type { KeyObject } from "node:crypto";
import type { Kysely } from "kysely";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { SealedColumn } from "../../../storage/sealed-column.ts";
import type { Key } from "../keys/key.ts";
import { materialKey } from "./new-material.ts";

/** Opened materials kept in memory; the sealed row is the truth. What a key once used never changes, it only goes. */
const cacheSize = 1000;

export type KeyName = Pick<Key, "region" | "id">;

interface Opened {
  readonly key: KeyObject;
  readonly materialId: string;
  readonly name: KeyName;
  readonly version: number;
}

export type KeyMaterials = ReturnType<typeof keyMaterials>;

/** The secrets and private keys of KMS keys: sealed in the database, opened at first use. */
export function keyMaterials(keyring: Keyring) {
  const opened = new Map<string, Opened>();

  const known = ({ region, id }: KeyName, version: number) => opened.get(`${region} ${purpose(id, version)}`);

  async function open(
    db: Kysely<Tables>,
    key: Pick<Key, "region" | "id" | "spec" | "materialVersion">,
    version: number,
  ): Promise<Opened | undefined> {
    // What waits for a rotation may still be replaced.
    if (version > key.materialVersion) return undefined;
    const { region, id, spec } = key;
    const name = `${region} ${purpose(id, version)}`;
    const row = await db
      .selectFrom("kms_key_materials")
      .select(["sealed", "material_id"])
      .where("region", "=", region)
      .where("key_id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    if (!row?.sealed) return undefined;
    const bytes = keyring.open(row.sealed, purpose(id, version));
    if (!bytes)
      throw new Error(`Cannot open ${purpose(id, version)}: it was changed, or sealed under another root key`);
    const material = { key: materialKey(spec, bytes), materialId: row.material_id, name: { region, id }, version };
    bytes.fill(0);
    if (opened.size >= cacheSize) opened.delete(opened.keys().next().value!);
    opened.set(name, material);
    return material;
  }

  return {
    /** A new material as it is stored. */
    seal: (id: string, version: number, material: Uint8Array) => keyring.seal(material, purpose(id, version)),

    /** A key's material where it is in memory. */
    known,

    /** A key's material, or `undefined` where it has not that version. The caller has found the key itself. */
    open,

    /** Forgets what is in memory of a key that is gone, or of which a material is. */
    forget({ region, id }: KeyName): void {
      for (const name of opened.keys()) if (name.startsWith(`${region} ${purposeOf(id)}`)) opened.delete(name);
    },

    /** Forgets the materials in memory that are no longer in the database: another process may have removed them. */
    async forgetRemoved(db: Kysely<Tables>): Promise<void> {
      if (opened.size === 0) return;
      const held = [...opened];
      const there = await db
        .selectFrom("kms_key_materials")
        .select(["region", "key_id", "version"])
        .where("key_id", "in", [...new Set(held.map(([, { name }]) => name.id))])
        .where("sealed", "is not", null)
        .execute();
      const names = new Set(there.map(({ region, key_id, version }) => `${region} ${purpose(key_id, version)}`));
      for (const [name] of held) if (!names.has(name)) opened.delete(name);
    },

    /** How many are in memory. */
    held: () => opened.size,
  };
}

/** Without the region: the replicas of a multi-Region key have the same material. */
function purpose(keyId: string, version: number): string {
  return `${purposeOf(keyId)}${version}`;
}

function purposeOf(keyId: string): string {
  return `KMS key ${keyId} material `;
}

export const sealedMaterial: SealedColumn = {
  table: "kms_key_materials",
  column: "sealed",
  key: ["region", "key_id", "version"],
  purpose: ({ key_id, version }) => purpose(String(key_id), Number(version)),
};
