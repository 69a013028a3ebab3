import type { Kysely } from "kysely";
import { defined } from "../../../defined.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import type { AccountChanges, AccountSettings } from "./settings.ts";

/** The SQL of accounts. */
export function accountRecords(db: Kysely<Tables>) {
  return {
    async settings(account: string): Promise<AccountSettings> {
      const row = await db.selectFrom("iam_accounts").selectAll().where("account", "=", account).executeTakeFirst();
      const policy = row?.password_policy;
      return {
        alias: row?.alias ?? undefined,
        tokenVersion: row?.token_version === 2 ? 2 : undefined,
        passwordPolicy: policy ? JSON.parse(policy) : undefined,
        credentialReport: row?.credential_report
          ? {
              content: Buffer.from(row.credential_report).toString(),
              generatedAt: new Date(row.credential_report_at ?? 0),
            }
          : undefined,
      };
    },
    async change(account: string, changes: AccountChanges): Promise<void> {
      const { alias, tokenVersion, passwordPolicy: policy, credentialReport: report } = changes;
      const columns = defined({
        alias,
        token_version: tokenVersion,
        password_policy: policy && JSON.stringify(policy),
        credential_report: report && Buffer.from(report.content),
        credential_report_at: report === null ? null : report?.generatedAt.getTime(),
      });
      await db
        .insertInto("iam_accounts")
        .values({ account, ...columns })
        .onConflict((conflict) => conflict.column("account").doUpdateSet({ account, ...columns }))
        .execute();
    },
    /** The account that has the alias. */
    async findByAlias(alias: string): Promise<string | undefined> {
      const row = await db.selectFrom("iam_accounts").select("account").where("alias", "=", alias).executeTakeFirst();
      return row?.account;
    },
    /** How many of each noun the account has. */
    async count(account: string) {
      const [entities, policies, versions, profiles, oidc, saml, devices, certificates] = await Promise.all([
        db
          .selectFrom("iam_entities")
          .select(({ fn }) => ["kind", fn.countAll().as("count")])
          .where("account", "=", account)
          .groupBy("kind")
          .execute(),
        count("iam_policies"),
        db
          .selectFrom("iam_policy_versions as v")
          .innerJoin("iam_policies as p", "p.arn", "v.policy_arn")
          .select(({ fn }) => fn.countAll().as("count"))
          .where("p.account", "=", account)
          .executeTakeFirstOrThrow(),
        count("iam_instance_profiles"),
        count("iam_oidc_providers"),
        count("iam_saml_providers"),
        db
          .selectFrom("iam_mfa_devices")
          .select(({ fn }) => [fn.countAll().as("all"), fn.count("user_id").as("assigned")])
          .where("account", "=", account)
          .executeTakeFirstOrThrow(),
        count("iam_server_certificates"),
      ]);
      const byKind = new Map(entities.map((row) => [row.kind, Number(row.count)]));
      return {
        users: byKind.get("user") ?? 0,
        groups: byKind.get("group") ?? 0,
        roles: byKind.get("role") ?? 0,
        policies,
        policyVersions: Number(versions.count),
        instanceProfiles: profiles,
        providers: oidc + saml,
        mfaDevices: Number(devices.all),
        mfaDevicesInUse: Number(devices.assigned),
        serverCertificates: certificates,
      };

      async function count(
        table:
          | "iam_policies"
          | "iam_instance_profiles"
          | "iam_oidc_providers"
          | "iam_saml_providers"
          | "iam_server_certificates",
      ): Promise<number> {
        const row = await db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as("count"))
          .where("account", "=", account)
          .executeTakeFirstOrThrow();
        return Number(row.count);
      }
    },
  };
}
