import type { Kysely, Selectable } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { ServiceCredential } from "./service-credential.ts";

/** The part of an account's credentials that a list is about. */
interface ListOptions {
  readonly service: string;
  readonly after: string;
  readonly limit: number;
}

/** The SQL of service-specific credentials. */
export function serviceCredentialRecords(db: Kysely<Tables>) {
  return {
    async list(userId: string): Promise<ServiceCredential[]> {
      const rows = await db.selectFrom("iam_service_credentials").selectAll().where("user_id", "=", userId).execute();
      return rows.map(toCredential);
    },
    /** Those of all users of an account for one service, by id. */
    async listOfAccount(account: string, { service, after, limit }: ListOptions) {
      const rows = await db
        .selectFrom("iam_service_credentials as c")
        .innerJoin("iam_entities as user", "user.id", "c.user_id")
        .selectAll("c")
        .select("user.name as user_name")
        .where("user.account", "=", account)
        .where("c.service", "=", service)
        .where("c.id", ">", after)
        .orderBy("c.id")
        .limit(limit)
        .execute();
      return rows.map((row) => ({ user: { name: row.user_name }, credential: toCredential(row) }));
    },
    async insert(userId: string, credential: ServiceCredential): Promise<void> {
      const { id, service, serviceUserName, active, createdAt, expiresAt } = credential;
      await db
        .insertInto("iam_service_credentials")
        .values({
          ...{ id, user_id: userId, service, service_user_name: serviceUserName, active: active ? 1 : 0 },
          ...{ created_at: createdAt.getTime(), expires_at: expiresAt?.getTime() ?? null },
        })
        .execute();
    },
    async setActive(id: string, active: boolean): Promise<void> {
      await db
        .updateTable("iam_service_credentials")
        .set({ active: active ? 1 : 0 })
        .where("id", "=", id)
        .execute();
    },
    async delete(id: string): Promise<void> {
      await db.deleteFrom("iam_service_credentials").where("id", "=", id).execute();
    },
  };
}

function toCredential(row: Selectable<Tables["iam_service_credentials"]>): ServiceCredential {
  return {
    id: row.id,
    service: row.service,
    serviceUserName: row.service_user_name,
    active: row.active === 1,
    createdAt: new Date(row.created_at),
    expiresAt: row.expires_at === null ? undefined : new Date(row.expires_at),
  };
}
