import { createPrivateKey, type KeyObject } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import type { Keyring } from "../../../keyring/keyring.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { SealedColumn } from "../../../storage/sealed-column.ts";
import type { TokenIssuer } from "./issuer.ts";
import type { NewSigningKey } from "./new-signing-key.ts";
import type { SigningKey, TokenAlgorithm } from "./signing-keys.ts";

/** The SQL of issuers of identity tokens and of their keys. The keyring seals the private keys. */
export function tokenIssuerRecords(db: Kysely<Tables>, keyring: Keyring) {
  return {
    async find(account: string): Promise<TokenIssuer | undefined> {
      const row = await db
        .selectFrom("iam_token_issuers")
        .selectAll()
        .where("account", "=", account)
        .executeTakeFirst();
      return row && toIssuer(row);
    },
    async findById(id: string): Promise<TokenIssuer | undefined> {
      const row = await db.selectFrom("iam_token_issuers").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toIssuer(row);
    },
    async listEnabled(): Promise<TokenIssuer[]> {
      const rows = await db.selectFrom("iam_token_issuers").selectAll().where("enabled", "=", 1).execute();
      return rows.map(toIssuer);
    },
    async insert({ account, id, address, enabled }: TokenIssuer): Promise<void> {
      const values = { account, id, address, enabled: enabled ? 1 : 0 };
      await db.insertInto("iam_token_issuers").values(values).execute();
    },
    async setEnabled({ account }: TokenIssuer, enabled: boolean): Promise<void> {
      await db
        .updateTable("iam_token_issuers")
        .set({ enabled: enabled ? 1 : 0 })
        .where("account", "=", account)
        .execute();
    },
    keys: {
      /** Of all algorithms, in no order. */
      async list(account: string): Promise<SigningKey[]> {
        const rows = await db
          .selectFrom("iam_token_keys")
          .select(["id", "account", "algorithm", "public_key", "signs_from"])
          .where("account", "=", account)
          .execute();
        return rows.map(toKey);
      },
      async insert({ privateKey, ...key }: NewSigningKey): Promise<void> {
        await db
          .insertInto("iam_token_keys")
          .values({
            id: key.id,
            account: key.account,
            algorithm: key.algorithm,
            public_key: JSON.stringify(key.publicKey),
            private_key: keyring.seal(privateKey, purpose(key.id)),
            signs_from: key.signsFrom.getTime(),
          })
          .execute();
      },
      async delete({ id }: SigningKey): Promise<void> {
        await db.deleteFrom("iam_token_keys").where("id", "=", id).execute();
      },
      async privateKey({ id }: SigningKey): Promise<KeyObject> {
        const row = await db
          .selectFrom("iam_token_keys")
          .select("private_key")
          .where("id", "=", id)
          .executeTakeFirstOrThrow();
        const key = keyring.open(row.private_key, purpose(id));
        if (!key) throw new Error(`Cannot open the signing key '${id}': it was sealed under another root key`);
        return createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" });
      },
    },
  };
}

function toIssuer({ account, id, address, enabled }: Selectable<Tables["iam_token_issuers"]>): TokenIssuer {
  return { account, id, address, enabled: enabled === 1 };
}

function toKey(row: Omit<Selectable<Tables["iam_token_keys"]>, "private_key">): SigningKey {
  return {
    id: row.id,
    account: row.account,
    algorithm: row.algorithm as TokenAlgorithm,
    publicKey: JSON.parse(row.public_key),
    signsFrom: new Date(row.signs_from),
  };
}

function purpose(id: string): string {
  return `iam token key ${id}`;
}

export const sealedTokenKeys: SealedColumn = {
  table: "iam_token_keys",
  column: "private_key",
  key: ["id"],
  purpose: ({ id }) => purpose(String(id)),
};
