import { type Kysely, type Selectable, sql } from "kysely";
import { defined } from "../../../defined.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { ListOptions } from "../entities/records.ts";
import { nameKey } from "../names.ts";
import type { Tags } from "../tags.ts";
import type { ServerCertificate } from "./server-certificate.ts";

/** The SQL of server certificates. */
export function serverCertificateRecords(db: Kysely<Tables>) {
  const all = () => db.selectFrom("iam_server_certificates").selectAll();

  return {
    async find(account: string, name: string): Promise<ServerCertificate | undefined> {
      const row = await all()
        .where("account", "=", account)
        .where("name_key", "=", nameKey(name))
        .where("name", "=", name)
        .executeTakeFirst();
      return row && toCertificate(row);
    },
    async findById(id: string): Promise<ServerCertificate | undefined> {
      const row = await all().where("id", "=", id).executeTakeFirst();
      return row && toCertificate(row);
    },
    /** `true` where the name exists in whatever case. */
    async isTaken(account: string, name: string): Promise<boolean> {
      const row = await db
        .selectFrom("iam_server_certificates")
        .select("id")
        .where("account", "=", account)
        .where("name_key", "=", nameKey(name))
        .executeTakeFirst();
      return row !== undefined;
    },
    async count(account: string): Promise<number> {
      const row = await db
        .selectFrom("iam_server_certificates")
        .select(({ fn }) => fn.countAll().as("count"))
        .where("account", "=", account)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },
    /** By name. */
    async list(account: string, { pathPrefix, after, limit }: ListOptions): Promise<ServerCertificate[]> {
      const rows = await all()
        .where("account", "=", account)
        .where("name_key", ">", after)
        .where(sql`substr(path, 1, ${pathPrefix.length})`, "=", pathPrefix)
        .orderBy("name_key")
        .limit(limit)
        .execute();
      return rows.map(toCertificate);
    },
    async insert(certificate: ServerCertificate): Promise<void> {
      const { id, account, name, path, body, chain = null, tags, createdAt, expiresAt } = certificate;
      await db
        .insertInto("iam_server_certificates")
        .values({
          ...{ id, account, name, name_key: nameKey(name), path, body, chain, tags: JSON.stringify(tags) },
          ...{ created_at: createdAt.getTime(), expires_at: expiresAt.getTime() },
        })
        .execute();
    },
    /** `undefined` members stay as they are. */
    async update(
      id: string,
      { name, path, tags }: { readonly name?: string; readonly path?: string; readonly tags?: Tags },
    ): Promise<void> {
      const columns = defined({ name, name_key: name && nameKey(name), path, tags: tags && JSON.stringify(tags) });
      if (Object.keys(columns).length === 0) return;
      await db.updateTable("iam_server_certificates").set(columns).where("id", "=", id).execute();
    },
    async delete(id: string): Promise<void> {
      await db.deleteFrom("iam_server_certificates").where("id", "=", id).execute();
    },
  };
}

function toCertificate(row: Selectable<Tables["iam_server_certificates"]>): ServerCertificate {
  return {
    id: row.id,
    account: row.account,
    name: row.name,
    path: row.path,
    body: row.body,
    chain: row.chain ?? undefined,
    tags: JSON.parse(row.tags),
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
  };
}
