import { createPrivateKey, type KeyObject } from "node:crypto";
import type { Kysely } from "kysely";
import type { Keyring } from "../../../../keyring/keyring.ts";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { SealedColumn } from "../../../../storage/sealed-column.ts";
import { invalidInput } from "../../errors.ts";
import type { SamlProvider } from "./provider.ts";

/** A private key of a SAML provider, as it is shown. */
export interface SamlKey {
  readonly id: string;
  readonly createdAt: Date;
}

/** The SQL of private keys of SAML providers. The keyring seals them. */
export function samlKeyRecords(db: Kysely<Tables>, keyring: Keyring) {
  return {
    /** Oldest first. */
    async list({ uuid }: Pick<SamlProvider, "uuid">): Promise<SamlKey[]> {
      const rows = await db
        .selectFrom("iam_saml_keys")
        .select(["id", "created_at"])
        .where("provider_uuid", "=", uuid)
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return rows.map((row) => ({ id: row.id, createdAt: new Date(row.created_at) }));
    },
    async insert({ uuid }: Pick<SamlProvider, "uuid">, { id, createdAt }: SamlKey, key: KeyObject): Promise<void> {
      const content = key.export({ format: "der", type: "pkcs8" });
      await db
        .insertInto("iam_saml_keys")
        .values({
          id,
          provider_uuid: uuid,
          private_key: keyring.seal(content, purpose(id)),
          created_at: createdAt.getTime(),
        })
        .execute();
    },
    async delete({ id }: SamlKey): Promise<void> {
      await db.deleteFrom("iam_saml_keys").where("id", "=", id).execute();
    },
    async privateKeys(uuid: string): Promise<KeyObject[]> {
      const rows = await db.selectFrom("iam_saml_keys").selectAll().where("provider_uuid", "=", uuid).execute();
      return rows.map(({ id, private_key: sealed }) => {
        const key = keyring.open(sealed, purpose(id));
        if (!key) throw new Error(`Cannot open the private key '${id}': it was sealed under another root key`);
        return createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" });
      });
    },
  };
}

/** Reads an RSA key in PEM that no passphrase protects. */
export function readPrivateKey(pem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // What is wrong with it says something of the key.
  }
  if (key?.asymmetricKeyType !== "rsa") throw invalidInput("Invalid private key.");
  return key;
}

function purpose(id: string): string {
  return `iam saml key ${id}`;
}

export const sealedSamlKeys: SealedColumn = {
  table: "iam_saml_keys",
  column: "private_key",
  key: ["id"],
  purpose: ({ id }) => purpose(String(id)),
};
