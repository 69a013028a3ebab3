import type { Kysely, Selectable } from "kysely";
import { defined } from "../../../../defined.ts";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { SamlProvider } from "./provider.ts";

/** The SQL of SAML providers. */
export function samlProviderRecords(db: Kysely<Tables>) {
  return {
    async find(account: string, name: string): Promise<SamlProvider | undefined> {
      const row = await db
        .selectFrom("iam_saml_providers")
        .selectAll()
        .where("account", "=", account)
        .where("name", "=", name)
        .executeTakeFirst();
      return row && toProvider(row);
    },
    /** By name. */
    async list(account: string): Promise<SamlProvider[]> {
      const rows = await db
        .selectFrom("iam_saml_providers")
        .selectAll()
        .where("account", "=", account)
        .orderBy("name")
        .execute();
      return rows.map(toProvider);
    },
    async insert(provider: SamlProvider): Promise<void> {
      await db
        .insertInto("iam_saml_providers")
        .values({
          account: provider.account,
          name: provider.name,
          uuid: provider.uuid,
          metadata: Buffer.from(provider.metadata),
          entity_id: provider.entityId,
          certificates: JSON.stringify(provider.certificates),
          encryption_mode: provider.encryptionMode ?? null,
          tags: JSON.stringify(provider.tags),
          created_at: provider.createdAt.getTime(),
          valid_until: provider.validUntil.getTime(),
        })
        .execute();
    },
    async update(
      { account, name }: SamlProvider,
      changes: Partial<Omit<SamlProvider, "account" | "name" | "uuid" | "createdAt">>,
    ): Promise<void> {
      const { metadata, entityId, certificates, validUntil, encryptionMode, tags } = changes;
      const columns = defined({
        metadata: metadata === undefined ? undefined : Buffer.from(metadata),
        entity_id: entityId,
        certificates: certificates && JSON.stringify(certificates),
        valid_until: validUntil?.getTime(),
        encryption_mode: encryptionMode,
        tags: tags && JSON.stringify(tags),
      });
      if (Object.keys(columns).length === 0) return;
      await db
        .updateTable("iam_saml_providers")
        .set(columns)
        .where("account", "=", account)
        .where("name", "=", name)
        .execute();
    },
    async delete({ account, name }: SamlProvider): Promise<void> {
      await db.deleteFrom("iam_saml_providers").where("account", "=", account).where("name", "=", name).execute();
    },
  };
}

function toProvider(row: Selectable<Tables["iam_saml_providers"]>): SamlProvider {
  const { encryption_mode: mode } = row;
  return {
    account: row.account,
    name: row.name,
    uuid: row.uuid,
    metadata: Buffer.from(row.metadata).toString(),
    entityId: row.entity_id,
    certificates: JSON.parse(row.certificates),
    encryptionMode: mode === "Required" || mode === "Allowed" ? mode : undefined,
    tags: JSON.parse(row.tags),
    createdAt: new Date(row.created_at),
    validUntil: new Date(row.valid_until),
  };
}
