import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { PasswordPolicy } from "../credentials/passwords/password-policy.ts";

/** What an account has once. */
export interface AccountSettings {
  readonly alias: string | undefined;
  readonly passwordPolicy: PasswordPolicy | undefined;
  /** Of session tokens that STS's global endpoint gives, which is shown and changes nothing. */
  readonly tokenVersion: 1 | 2 | undefined;
  readonly credentialReport: { readonly content: string; readonly generatedAt: Date } | undefined;
}

/** What of it may be changed; `undefined` members are left as they are, `null` clears. */
export type AccountChanges = { readonly [K in keyof AccountSettings]?: AccountSettings[K] | null };

/** The SQL of accounts' settings. */
export function accountStatements(db: Kysely<Tables>) {
  return {
    async findAccountSettings(account: string): Promise<AccountSettings> {
      const row = await db.selectFrom("iam_accounts").selectAll().where("account", "=", account).executeTakeFirst();
      const policy = row?.password_policy;
      return {
        alias: row?.alias ?? undefined,
        tokenVersion: row?.token_version === 2 ? 2 : undefined,
        passwordPolicy: policy ? (JSON.parse(policy) as PasswordPolicy) : undefined,
        credentialReport: row?.credential_report
          ? {
              content: Buffer.from(row.credential_report).toString(),
              generatedAt: new Date(row.credential_report_at ?? 0),
            }
          : undefined,
      };
    },
    async changeAccountSettings(account: string, changes: AccountChanges): Promise<void> {
      const { alias, tokenVersion, passwordPolicy: policy, credentialReport: report } = changes;
      const columns = {
        ...(alias !== undefined && { alias }),
        ...(tokenVersion !== undefined && { token_version: tokenVersion }),
        ...(policy !== undefined && { password_policy: policy && JSON.stringify(policy) }),
        ...(report !== undefined && {
          credential_report: report === null ? null : Buffer.from(report.content),
          credential_report_at: report === null ? null : report.generatedAt.getTime(),
        }),
      };
      await db
        .insertInto("iam_accounts")
        .values({ account, ...columns })
        .onConflict((conflict) => conflict.column("account").doUpdateSet({ account, ...columns }))
        .execute();
    },
    /** Whose alias it is. */
    async accountOfAlias(alias: string): Promise<string | undefined> {
      const row = await db.selectFrom("iam_accounts").select("account").where("alias", "=", alias).executeTakeFirst();
      return row?.account;
    },
  };
}
