import type { KeyObject } from "node:crypto";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Database } from "../../../storage/database.ts";
import type { SealedColumn } from "../../../storage/sealed-column.ts";
import type { Key, KeyName } from "../keys/key.ts";
import { materialKey } from "./new-material.ts";

/** Opened materials kept in memory. The sealed row is the truth: it may go, but it never changes once a key uses it. */
const cacheSize = 1000;

interface Opened {
  readonly key: KeyObject;
  readonly materialId: string;
  readonly name: KeyName;
  readonly version: number;
}

type KeyWithMaterial = Pick<Key, "region" | "id" | "spec" | "materialVersion">;

export type MaterialRecords = ReturnType<typeof materialRecords>;

/** The secrets and private keys of KMS keys: sealed in the database, opened at first use. */
export function materialRecords(database: Database, keyring: Keyring) {
  const opened = new Map<string, Opened>();

  const known = ({ region, id }: KeyName, version: number) => opened.get(`${region} ${purpose(id, version)}`);

  async function open(key: KeyWithMaterial, version: number): Promise<Opened | undefined> {
    // A material that waits for a rotation may still be replaced.
    if (version > key.materialVersion) return undefined;
    const { region, id, spec } = key;
    const row = await database.db
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
    keep(`${region} ${purpose(id, version)}`, material);
    return material;
  }

  function keep(name: string, material: Opened): void {
    const [oldest] = opened.keys();
    if (opened.size >= cacheSize && oldest !== undefined) opened.delete(oldest);
    opened.set(name, material);
  }

  return {
    /** A new material as it is stored. */
    seal: (id: string, version: number, material: Uint8Array) => keyring.seal(material, purpose(id, version)),

    /**
     * The secret or private key of that version of a key that was found; a query only at first use. `undefined` where the
     * key does not have it.
     */
    find(key: KeyWithMaterial, version: number): KeyObject | undefined | Promise<KeyObject | undefined> {
      return known(key, version)?.key ?? open(key, version).then((opened) => opened?.key);
    },

    /** The id of the material of that version; no query for the current one or one that has just been used. */
    async idOf(key: KeyWithMaterial & Pick<Key, "materialId">, version: number): Promise<string | undefined> {
      if (version === key.materialVersion || key.materialId === undefined) return key.materialId;
      return (known(key, version) ?? (await open(key, version)))?.materialId;
    },

    /** Forgets a key whose material was removed. */
    forget({ region, id }: KeyName): void {
      for (const name of opened.keys()) if (name.startsWith(`${region} ${purposeOf(id)}`)) opened.delete(name);
    },

    /** Forgets the materials that are no longer in the database: another process may have removed them. */
    async forgetRemoved(): Promise<void> {
      if (opened.size === 0) return;
      const held = [...opened];
      const stored = await database.db
        .selectFrom("kms_key_materials")
        .select(["region", "key_id", "version"])
        .where("key_id", "in", [...new Set(held.map(([, { name }]) => name.id))])
        .where("sealed", "is not", null)
        .execute();
      const names = new Set(stored.map(({ region, key_id, version }) => `${region} ${purpose(key_id, version)}`));
      for (const [name] of held) if (!names.has(name)) opened.delete(name);
    },

    /** The number of materials in memory. */
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
