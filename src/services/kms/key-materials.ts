import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Tables } from "../../storage/migrations/index.ts";

/** Opened materials kept in memory; the sealed row is the truth, a material never changes. */
const cacheSize = 1000;

/** The AES-256 keys of KMS keys: sealed in the database, opened at first use. */
export function keyMaterials(keyring: Keyring) {
  const opened = new Map<string, KeyObject>();
  return {
    /** Makes version 1 of a new key's material. */
    async create(db: Kysely<Tables>, keyId: string): Promise<void> {
      const material = randomBytes(32);
      const sealed = keyring.seal(material, purpose(keyId, 1));
      material.fill(0);
      await db.insertInto("kms_key_materials").values({ key_id: keyId, version: 1, sealed }).execute();
    },

    /** A key's material, or `undefined` where it never had that version. The caller has found the key itself. */
    async open(db: Kysely<Tables>, keyId: string, version: number): Promise<KeyObject | undefined> {
      const name = purpose(keyId, version);
      const known = opened.get(name);
      if (known) return known;
      const row = await db
        .selectFrom("kms_key_materials")
        .select("sealed")
        .where("key_id", "=", keyId)
        .where("version", "=", version)
        .executeTakeFirst();
      if (!row) return undefined;
      const bytes = keyring.open(row.sealed, name);
      if (!bytes) throw new Error(`Cannot open ${name}: it was changed, or sealed under another root key`);
      const material = createSecretKey(bytes);
      bytes.fill(0);
      if (opened.size >= cacheSize) opened.delete(opened.keys().next().value!);
      opened.set(name, material);
      return material;
    },

    /** Forgets what is in memory of a key that is gone. */
    forget(keyId: string): void {
      for (const name of opened.keys()) if (name.startsWith(purposeOf(keyId))) opened.delete(name);
    },
  };
}

function purpose(keyId: string, version: number): string {
  return `${purposeOf(keyId)}${version}`;
}

function purposeOf(keyId: string): string {
  return `KMS key ${keyId} material `;
}
