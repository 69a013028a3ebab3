import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import type { Insertable } from "kysely";
import { decrypt, encrypt, type Keyring } from "../../../keyring/keyring.ts";
import type { Database } from "../../../storage/database.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { SealedColumn } from "../../../storage/sealed-column.ts";
import type { ServiceEncryption } from "../../kms/index.ts";
import { type Group, groupArn, type Place } from "../groups/group.ts";

export type DataKeyRow = Insertable<Tables["logs_keys"]>;

/** Milliseconds for which a key that KMS decrypted is kept: so long a change of the KMS key may take, as on AWS. */
const kept = 5 * 60_000;

const keyLength = 32;

export const sealedColumns: readonly SealedColumn[] = [
  { table: "logs_keys", column: "sealed", key: ["key_id"], purpose: ({ key_id }) => purposeOf(key_id) },
];

function purposeOf(keyId: unknown): string {
  return `logs data key ${keyId}`;
}

export interface DataKeysOptions {
  readonly database: Pick<Database, "db">;
  readonly keyring: Keyring;
  readonly partition: string;
  readonly encryption: ServiceEncryption;
  /** Milliseconds. */
  now(): number;
}

/** A data key, open. */
export interface DataKey {
  readonly id: string;
  /** For another thread, which opens batches by itself. */
  readonly secret: KeyObject;
  seal(plaintext: Uint8Array, batch: string): Uint8Array;
  /** `undefined` if any bit has changed, or if it is another batch's. */
  open(sealed: Uint8Array, batch: string): Uint8Array | undefined;
}

export type DataKeys = ReturnType<typeof dataKeys>;

/** The keys under which events are sealed: one for each group and KMS key. */
export function dataKeys({ database: { db }, keyring, partition, encryption, now }: DataKeysOptions) {
  const open = new Map<string, { readonly key: DataKey; readonly until: number }>();

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
  function requestOf(group: Pick<Group, "account" | "region" | "name">) {
    const place: Place = { account: group.account, region: group.region, partition };
    return { service: "logs", place, encryptionContext: { "aws:logs:arn": groupArn(place, group.name) } } as const;
  }

  function keep(id: string, plaintext: Uint8Array, until: number): DataKey {
    const key = dataKey(id, createSecretKey(plaintext));
    plaintext.fill(0);
    open.set(id, { key, until });
    return key;
  }

  return {
    /** Makes a key for a group; with `kmsKeyId` under that KMS key, of which it may throw a `KmsRefusal`. */
    async make(
      group: Pick<Group, "id" | "account" | "region" | "name">,
      id: string,
      kmsKeyId?: string,
    ): Promise<DataKeyRow> {
      if (kmsKeyId === undefined) {
        const sealed = keyring.seal(randomBytes(keyLength), purposeOf(id));
        return { key_id: id, group_id: group.id, kms_key_arn: null, sealed, ciphertext: null };
      }
      const made = await encryption.generateDataKey({ ...requestOf(group), keyId: kmsKeyId });
      keep(id, made.plaintext, now() + kept);
      return { key_id: id, group_id: group.id, kms_key_arn: made.keyArn, sealed: null, ciphertext: made.ciphertext };
    },

    /** Opens a key of the group. May throw a `KmsRefusal`. */
    async get(group: Pick<Group, "account" | "region" | "name">, id: string): Promise<DataKey> {
      const known = open.get(id);
      if (known && known.until > now()) return known.key;
      const row = await db.selectFrom("logs_keys").selectAll().where("key_id", "=", id).executeTakeFirst();
      if (!row) throw new Error(`There is no data key ${id}`);
      if (row.ciphertext) {
        const { plaintext } = await encryption.decrypt({ ...requestOf(group), ciphertext: row.ciphertext });
        return keep(id, plaintext, now() + kept);
      }
      const plaintext = row.sealed && keyring.open(row.sealed, purposeOf(id));
      if (!plaintext) throw new Error(`Cannot open ${purposeOf(id)}: it was changed, or sealed under another root key`);
      return keep(id, plaintext, Number.POSITIVE_INFINITY);
    },
  };
}

function dataKey(id: string, key: KeyObject): DataKey {
  return {
    id,
    secret: key,
    seal: (plaintext, batch) => encrypt(key, plaintext, Buffer.from(batch)),
    open: (sealed, batch) => decrypt(key, sealed, Buffer.from(batch)),
  };
}
