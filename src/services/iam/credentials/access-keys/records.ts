import type { Kysely } from "kysely";
import type { Keyring } from "../../../../keyring/keyring.ts";
import { prepared } from "../../../../storage/prepared.ts";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { SealedColumn } from "../../../../storage/sealed-column.ts";
import type { User } from "../../entities/entity.ts";
import { toUser } from "../../entities/records.ts";
import type { AccessKey } from "./access-key.ts";

const keyWithUser = prepared(
  (db, { id }: { readonly id: string }) =>
    db
      .selectFrom("iam_access_keys as key")
      .innerJoin("iam_entities as user", "user.id", "key.user_id")
      .selectAll("user")
      .select(["key.secret", "key.active"])
      .where("key.id", "=", id),
  ([row]) => row && { user: toUser(row), sealed: row.secret, active: row.active === 1 },
);

/** The SQL of users' access keys. The keyring seals their secrets. */
export function accessKeyRecords(db: Kysely<Tables>, keyring: Keyring) {
  /** By user, oldest first. */
  async function listOfAll(userIds: readonly string[]): Promise<ReadonlyMap<string, AccessKey[]>> {
    if (userIds.length === 0) return new Map();
    const rows = await db
      .selectFrom("iam_access_keys")
      .select(["id", "user_id", "active", "created_at"])
      .where("user_id", "in", userIds)
      .orderBy("created_at")
      .orderBy("id")
      .execute();
    const keys = rows.map((row) => {
      const key = { id: row.id, active: row.active === 1, createdAt: new Date(row.created_at) };
      return { userId: row.user_id, key };
    });
    const byUser = Map.groupBy(keys, ({ userId }) => userId);
    return new Map([...byUser].map(([userId, all]) => [userId, all.map(({ key }) => key)]));
  }

  return {
    async insert(userId: string, key: AccessKey, secretAccessKey: string): Promise<void> {
      await db
        .insertInto("iam_access_keys")
        .values({
          id: key.id,
          user_id: userId,
          secret: keyring.seal(Buffer.from(secretAccessKey), purpose(key.id)),
          active: key.active ? 1 : 0,
          created_at: key.createdAt.getTime(),
        })
        .execute();
    },
    /** Oldest first. */
    async list(userId: string): Promise<AccessKey[]> {
      return (await listOfAll([userId])).get(userId) ?? [];
    },
    listOfAll,
    async setActive(id: string, active: boolean): Promise<void> {
      await db
        .updateTable("iam_access_keys")
        .set({ active: active ? 1 : 0 })
        .where("id", "=", id)
        .execute();
    },
    async delete(id: string): Promise<void> {
      await db.deleteFrom("iam_uses").where("id", "=", id).execute();
      await db.deleteFrom("iam_access_keys").where("id", "=", id).execute();
    },
    /** A key and its user, in one read. */
    async find(id: string): Promise<{ active: boolean; secretAccessKey: string; user: User } | undefined> {
      const found = await keyWithUser(db, { id });
      if (!found) return undefined;
      const { user, sealed, active } = found;
      const secret = keyring.open(sealed, purpose(id));
      if (!secret) {
        throw new Error(`Cannot open the secret of access key '${id}': it was sealed under another root key`);
      }
      return { active, secretAccessKey: Buffer.from(secret).toString(), user };
    },
  };
}

function purpose(accessKeyId: string): string {
  return `iam access key ${accessKeyId}`;
}

/** IAM's columns that are sealed under the root key. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: "iam_access_keys", column: "secret", key: ["id"], purpose: ({ id }) => purpose(String(id)) },
];
