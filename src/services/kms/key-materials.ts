import type { KeyObject } from "node:crypto";
import type { Kysely } from "kysely";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Tables } from "../../storage/migrations/index.ts";
import type { Key } from "./key.ts";
import { materialKey } from "./new-material.ts";

/** Opened materials kept in memory; the sealed row is the truth, a material never changes. */
const cacheSize = 1000;

type KeyName = Pick<Key, "region" | "id">;

/** The secrets and private keys of KMS keys: sealed in the database, opened at first use. */
export function keyMaterials(keyring: Keyring) {
  const opened = new Map<string, KeyObject>();
  return {
    /** Stores version 1 of a new key's material. */
    async create(db: Kysely<Tables>, { region, id }: KeyName, material: Uint8Array, created_at: number): Promise<void> {
      const sealed = keyring.seal(material, purpose(id, 1));
      await db.insertInto("kms_key_materials").values({ region, key_id: id, version: 1, sealed, created_at }).execute();
    },

    /** A key's material, or `undefined` where it has not that version. The caller has found the key itself. */
    async open(db: Kysely<Tables>, key: KeyName & Pick<Key, "spec">, version: number): Promise<KeyObject | undefined> {
      const { region, id, spec } = key;
      const name = `${region} ${purpose(id, version)}`;
      const known = opened.get(name);
      if (known) return known;
      const row = await db
        .selectFrom("kms_key_materials")
        .select("sealed")
        .where("region", "=", region)
        .where("key_id", "=", id)
        .where("version", "=", version)
        .executeTakeFirst();
      if (!row?.sealed) return undefined;
      const bytes = keyring.open(row.sealed, purpose(id, version));
      if (!bytes)
        throw new Error(`Cannot open ${purpose(id, version)}: it was changed, or sealed under another root key`);
      const material = materialKey(spec, bytes);
      bytes.fill(0);
      if (opened.size >= cacheSize) opened.delete(opened.keys().next().value!);
      opened.set(name, material);
      return material;
    },

    /** Forgets what is in memory of a key that is gone. */
    forget({ region, id }: KeyName): void {
      for (const name of opened.keys()) if (name.startsWith(`${region} ${purposeOf(id)}`)) opened.delete(name);
    },
  };
}

/** Without the region: the replicas of a multi-Region key have the same material. */
function purpose(keyId: string, version: number): string {
  return `${purposeOf(keyId)}${version}`;
}

function purposeOf(keyId: string): string {
  return `KMS key ${keyId} material `;
}
