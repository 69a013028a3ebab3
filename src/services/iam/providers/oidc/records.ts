import type { Kysely, Selectable } from "kysely";
import { defined } from "../../../../defined.ts";
import type { Tables } from "../../../../storage/schema/index.ts";
import { issuerWithoutScheme, type OidcProvider } from "./provider.ts";

/** The SQL of OpenID Connect providers. */
export function oidcProviderRecords(db: Kysely<Tables>) {
  return {
    /** `url` may begin with `https://`, as the `iss` of a token does. */
    async find(account: string, url: string): Promise<OidcProvider | undefined> {
      const row = await db
        .selectFrom("iam_oidc_providers")
        .selectAll()
        .where("account", "=", account)
        .where("url", "=", issuerWithoutScheme(url))
        .executeTakeFirst();
      return row && toProvider(row);
    },
    /** By URL. */
    async list(account: string): Promise<OidcProvider[]> {
      const rows = await db
        .selectFrom("iam_oidc_providers")
        .selectAll()
        .where("account", "=", account)
        .orderBy("url")
        .execute();
      return rows.map(toProvider);
    },
    async insert(provider: OidcProvider): Promise<void> {
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
    async update(
      { account, url }: OidcProvider,
      { clientIds, thumbprints, tags }: Partial<Pick<OidcProvider, "clientIds" | "thumbprints" | "tags">>,
    ): Promise<void> {
      await db
        .updateTable("iam_oidc_providers")
        .set(
          defined({
            client_ids: clientIds && JSON.stringify(clientIds),
            thumbprints: thumbprints && JSON.stringify(thumbprints),
            tags: tags && JSON.stringify(tags),
          }),
        )
        .where("account", "=", account)
        .where("url", "=", url)
        .execute();
    },
    async delete({ account, url }: OidcProvider): Promise<void> {
      await db.deleteFrom("iam_oidc_providers").where("account", "=", account).where("url", "=", url).execute();
    },
  };
}

function toProvider(row: Selectable<Tables["iam_oidc_providers"]>): OidcProvider {
  return {
    account: row.account,
    url: row.url,
    clientIds: JSON.parse(row.client_ids),
    thumbprints: JSON.parse(row.thumbprints),
    tags: JSON.parse(row.tags),
    createdAt: new Date(row.created_at),
  };
}
