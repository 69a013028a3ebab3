import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";

/** The SQL of how many there are of each kind. */
export function accountCountStatements(db: Kysely<Tables>) {
  return {
    async countAll(account: string) {
      const [entities, policies, versions, profiles, oidc, saml] = await Promise.all([
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
      };

      async function count(
        table: "iam_policies" | "iam_instance_profiles" | "iam_oidc_providers" | "iam_saml_providers",
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
