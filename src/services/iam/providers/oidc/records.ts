import type { Kysely, Selectable } from "kysely";
import type { IamTables } from "../../../../storage/schema/iam.ts";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { Tags } from "../../entities/entity.ts";
import { issuerWithoutScheme, type OidcProvider } from "./provider.ts";

/** The SQL of OpenID Connect providers. */
export function oidcProviderStatements(db: Kysely<Tables>) {
  return {
    /** `url` with or without `https://`, as the `iss` of a token has it. */
    async findOidcProvider(account: string, url: string): Promise<OidcProvider | undefined> {
      const row = await db
        .selectFrom("iam_oidc_providers")
        .selectAll()
        .where("account", "=", account)
        .where("url", "=", issuerWithoutScheme(url))
        .executeTakeFirst();
      return row && toProvider(row);
    },
    /** By URL. */
    async listOidcProviders(account: string): Promise<OidcProvider[]> {
      const rows = await db
        .selectFrom("iam_oidc_providers")
        .selectAll()
        .where("account", "=", account)
        .orderBy("url")
        .execute();
      return rows.map(toProvider);
    },
    async insertOidcProvider(provider: OidcProvider): Promise<void> {
      await db
        .insertInto("iam_oidc_providers")
        .values({
          account: provider.account,
          url: provider.url,
          client_ids: JSON.stringify(provider.clientIds),
          thumbprints: JSON.stringify(provider.thumbprints),
          tags: JSON.stringify(provider.tags),
          created_at: provider.createdAt.getTime(),
        })
        .execute();
    },
    async updateOidcProvider(
      { account, url }: OidcProvider,
      changes: Partial<Pick<OidcProvider, "clientIds" | "thumbprints" | "tags">>,
    ): Promise<void> {
      await db
        .updateTable("iam_oidc_providers")
        .set({
          ...(changes.clientIds && { client_ids: JSON.stringify(changes.clientIds) }),
          ...(changes.thumbprints && { thumbprints: JSON.stringify(changes.thumbprints) }),
          ...(changes.tags && { tags: JSON.stringify(changes.tags) }),
        })
        .where("account", "=", account)
        .where("url", "=", url)
        .execute();
    },
    async deleteOidcProvider({ account, url }: Pick<OidcProvider, "account" | "url">): Promise<void> {
      await db.deleteFrom("iam_oidc_providers").where("account", "=", account).where("url", "=", url).execute();
    },
  };
}

function toProvider(row: Selectable<IamTables["iam_oidc_providers"]>): OidcProvider {
  return {
    account: row.account,
    url: row.url,
    clientIds: JSON.parse(row.client_ids) as string[],
    thumbprints: JSON.parse(row.thumbprints) as string[],
    tags: JSON.parse(row.tags) as Tags,
    createdAt: new Date(row.created_at),
  };
}
