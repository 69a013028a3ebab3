import { createHmac, randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { SealedColumn } from "../../../storage/sealed-column.ts";
import type { KeyName } from "../keys/key.ts";

/**
 * The id of an imported material: a MAC of it under a secret of the key. Nobody can test a guessed material against it.
 * The secret is the same in all regions of a multi-Region key.
 */
export async function importedMaterialId(
  db: Kysely<Tables>,
  keyring: Keyring,
  { region, id }: KeyName,
  material: Uint8Array,
): Promise<string> {
  const row = await db
    .selectFrom("kms_keys")
    .select("material_secret")
    .where("region", "=", region)
    .where("key_id", "=", id)
    .executeTakeFirst();
  if (!row?.material_secret) throw new Error(`KMS key ${id} is not made for imported material`);
  const secret = keyring.open(row.material_secret, purpose(id));
  if (!secret) throw new Error(`Cannot open ${purpose(id)}: it was changed, or sealed under another root key`);
  return createHmac("sha256", secret).update(material).digest("hex");
}

/** A new key's secret for the ids of its materials, sealed. */
export function newMaterialSecret(keyring: Keyring, id: string): Uint8Array {
  return keyring.seal(randomBytes(32), purpose(id));
}

function purpose(id: string): string {
  return `KMS key ${id} secret of material ids`;
}

export const sealedSecret: SealedColumn = {
  table: "kms_keys",
  column: "material_secret",
  key: ["region", "key_id"],
  purpose: ({ key_id }) => purpose(String(key_id)),
};
