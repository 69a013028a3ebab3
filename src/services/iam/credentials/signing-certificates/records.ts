import type { Kysely } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { User } from "../../entities/entity.ts";
import type { SigningCertificate } from "./signing-certificate.ts";

/** The SQL of users' signing certificates. */
export function signingCertificateRecords(db: Kysely<Tables>) {
  /** By user, oldest first. */
  async function listOfAll(userIds: readonly string[]): Promise<ReadonlyMap<string, SigningCertificate[]>> {
    if (userIds.length === 0) return new Map();
    const rows = await db
      .selectFrom("iam_signing_certificates")
      .selectAll()
      .where("user_id", "in", userIds)
      .orderBy("created_at")
      .orderBy("id")
      .execute();
    const byUser = Map.groupBy(rows, ({ user_id }) => user_id);
    return new Map(
      [...byUser].map(([userId, all]) => [
        userId,
        all.map(({ id, body, active, created_at }) => ({
          ...{ id, body, active: active === 1 },
          createdAt: new Date(created_at),
        })),
      ]),
    );
  }
  return {
    listOfAll,
    /** Oldest first. */
    async list(userId: string): Promise<SigningCertificate[]> {
      return (await listOfAll([userId])).get(userId) ?? [];
    },
    /** `true` where a user of the account has the certificate. */
    async isTaken(account: string, fingerprint: string): Promise<boolean> {
      const row = await db
        .selectFrom("iam_signing_certificates")
        .select("id")
        .where("account", "=", account)
        .where("fingerprint", "=", fingerprint)
        .executeTakeFirst();
      return row !== undefined;
    },
    async insert(
      { id: userId, account }: User,
      { id, body, active, createdAt }: SigningCertificate,
      fingerprint: string,
    ): Promise<void> {
      const columns = { id, account, user_id: userId, body, fingerprint };
      await db
        .insertInto("iam_signing_certificates")
        .values({ ...columns, active: active ? 1 : 0, created_at: createdAt.getTime() })
        .execute();
    },
    async setActive(id: string, active: boolean): Promise<void> {
      await db
        .updateTable("iam_signing_certificates")
        .set({ active: active ? 1 : 0 })
        .where("id", "=", id)
        .execute();
    },
    async delete(id: string): Promise<void> {
      await db.deleteFrom("iam_signing_certificates").where("id", "=", id).execute();
    },
  };
}
