import type { Kysely } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { SshPublicKey } from "./ssh-public-key.ts";

/** The SQL of users' SSH public keys. */
export function sshPublicKeyRecords(db: Kysely<Tables>) {
  return {
    async insert(userId: string, { id, body, active, createdAt }: SshPublicKey): Promise<void> {
      await db
        .insertInto("iam_ssh_public_keys")
        .values({ id, user_id: userId, body, active: active ? 1 : 0, created_at: createdAt.getTime() })
        .execute();
    },
    async list(userId: string): Promise<SshPublicKey[]> {
      const rows = await db.selectFrom("iam_ssh_public_keys").selectAll().where("user_id", "=", userId).execute();
      return rows.map(({ id, body, active, created_at }) => ({
        ...{ id, body, active: active === 1 },
        createdAt: new Date(created_at),
      }));
    },
    async setActive(id: string, active: boolean): Promise<void> {
      await db
        .updateTable("iam_ssh_public_keys")
        .set({ active: active ? 1 : 0 })
        .where("id", "=", id)
        .execute();
    },
    async delete(id: string): Promise<void> {
      await db.deleteFrom("iam_ssh_public_keys").where("id", "=", id).execute();
    },
  };
}
