import { type Kysely, type Selectable, sql } from "kysely";
import type { IamTables } from "../../../storage/schema/iam.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { nameKey, type Tags } from "../entities/entity.ts";
import { findAwsManaged } from "./aws-managed-policies.ts";
import type { ManagedPolicy, PolicyVersion } from "./policy.ts";

/** The SQL of managed policies. Reads find AWS's own, too. */
export function managedPolicyStatements(db: Kysely<Tables>) {
  async function insertPolicyVersion(arn: string, version: PolicyVersion): Promise<void> {
    await db
      .insertInto("iam_policy_versions")
      .values({
        policy_arn: arn,
        version: version.version,
        document: version.document,
        created_at: version.createdAt.getTime(),
      })
      .execute();
  }
  /** Of customer managed policies, by ARN; newest first. */
  async function listVersionsOf(arns: readonly string[]): Promise<ReadonlyMap<string, PolicyVersion[]>> {
    if (arns.length === 0) return new Map();
    const rows = await db
      .selectFrom("iam_policy_versions")
      .selectAll()
      .where("policy_arn", "in", arns)
      .orderBy("version", "desc")
      .execute();
    const byPolicy = Map.groupBy(rows, (row) => row.policy_arn);
    return new Map([...byPolicy].map(([arn, all]) => [arn, all.map(toVersion)]));
  }
  return {
    insertPolicyVersion,
    async findPolicy(arn: string): Promise<ManagedPolicy | undefined> {
      const known = findAwsManaged(arn);
      if (known) return known.policy;
      const row = await db.selectFrom("iam_policies").selectAll().where("arn", "=", arn).executeTakeFirst();
      return row && toPolicy(row);
    },
    async findPolicyVersion(arn: string, version: number): Promise<PolicyVersion | undefined> {
      const known = findAwsManaged(arn);
      if (known) return known.version.version === version ? known.version : undefined;
      const row = await db
        .selectFrom("iam_policy_versions")
        .selectAll()
        .where("policy_arn", "=", arn)
        .where("version", "=", version)
        .executeTakeFirst();
      return row && toVersion(row);
    },
    /** Newest first. */
    async listPolicyVersions(arn: string): Promise<PolicyVersion[]> {
      const known = findAwsManaged(arn);
      return known ? [known.version] : ((await listVersionsOf([arn])).get(arn) ?? []);
    },
    listVersionsOf,
    /** Whether the name is taken, under whatever path and in whatever case. */
    async isPolicyTaken(account: string, name: string): Promise<boolean> {
      const row = await db
        .selectFrom("iam_policies")
        .select("arn")
        .where("account", "=", account)
        .where("name_key", "=", nameKey(name))
        .executeTakeFirst();
      return row !== undefined;
    },
    /** By name, after the one given; `use` leaves out those that nothing uses so. */
    async listCustomerPolicies(
      account: string,
      options: {
        readonly pathPrefix: string;
        readonly after: string;
        readonly limit: number;
        readonly use?: "attachment" | "boundary" | undefined;
      },
    ): Promise<ManagedPolicy[]> {
      let query = db
        .selectFrom("iam_policies as p")
        .selectAll("p")
        .where("p.account", "=", account)
        .where("p.name_key", ">", options.after)
        .where(sql`substr(p.path, 1, ${options.pathPrefix.length})`, "=", options.pathPrefix);
      if (options.use === "attachment") {
        query = query.where(({ exists, selectFrom }) =>
          exists(selectFrom("iam_attachments as a").select("a.entity_id").whereRef("a.policy_arn", "=", "p.arn")),
        );
      } else if (options.use === "boundary") {
        query = query.where(({ exists, selectFrom }) =>
          exists(selectFrom("iam_entities as e").select("e.id").whereRef("e.boundary_arn", "=", "p.arn")),
        );
      }
      const rows = await query.orderBy("p.name_key").limit(options.limit).execute();
      return rows.map(toPolicy);
    },
    async insertPolicy(policy: ManagedPolicy, document: string): Promise<void> {
      await db
        .insertInto("iam_policies")
        .values({
          arn: policy.arn,
          id: policy.id,
          account: policy.account,
          name: policy.name,
          name_key: nameKey(policy.name),
          path: policy.path,
          description: policy.description ?? null,
          tags: JSON.stringify(policy.tags),
          default_version: policy.defaultVersion,
          latest_version: policy.latestVersion,
          created_at: policy.createdAt.getTime(),
          updated_at: policy.updatedAt.getTime(),
        })
        .execute();
      await insertPolicyVersion(policy.arn, { version: 1, document, createdAt: policy.createdAt });
    },
    async updatePolicy(
      arn: string,
      changes: { readonly defaultVersion: number; readonly latestVersion: number; readonly updatedAt: Date },
    ): Promise<void> {
      await db
        .updateTable("iam_policies")
        .set({
          default_version: changes.defaultVersion,
          latest_version: changes.latestVersion,
          updated_at: changes.updatedAt.getTime(),
        })
        .where("arn", "=", arn)
        .execute();
    },
    async setPolicyTags(arn: string, tags: Tags): Promise<void> {
      await db
        .updateTable("iam_policies")
        .set({ tags: JSON.stringify(tags) })
        .where("arn", "=", arn)
        .execute();
    },
    async deletePolicyVersion(arn: string, version: number): Promise<void> {
      await db.deleteFrom("iam_policy_versions").where("policy_arn", "=", arn).where("version", "=", version).execute();
    },
    /** With all its versions. */
    async deletePolicy(arn: string): Promise<void> {
      await db.deleteFrom("iam_policy_versions").where("policy_arn", "=", arn).execute();
      await db.deleteFrom("iam_policies").where("arn", "=", arn).execute();
    },
    /** By ARN, how many of the account's entities use each policy. */
    async countUses(account: string, use: "attachment" | "boundary"): Promise<ReadonlyMap<string, number>> {
      const entities = db.selectFrom("iam_entities").where("account", "=", account);
      const rows =
        use === "boundary"
          ? await entities
              .where("boundary_arn", "is not", null)
              .select(({ fn }) => ["boundary_arn as arn", fn.countAll().as("uses")])
              .groupBy("boundary_arn")
              .execute()
          : await entities
              .innerJoin("iam_attachments", "entity_id", "id")
              .select(({ fn }) => ["policy_arn as arn", fn.countAll().as("uses")])
              .groupBy("policy_arn")
              .execute();
      return new Map(rows.map(({ arn, uses }) => [arn ?? "", Number(uses)]));
    },
  };
}

function toPolicy(row: Selectable<IamTables["iam_policies"]>): ManagedPolicy {
  return {
    arn: row.arn,
    id: row.id,
    account: row.account,
    name: row.name,
    path: row.path,
    description: row.description ?? undefined,
    tags: JSON.parse(row.tags) as Tags,
    defaultVersion: row.default_version,
    latestVersion: row.latest_version,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}

function toVersion(row: { version: number; document: string; created_at: number }): PolicyVersion {
  return { version: row.version, document: row.document, createdAt: new Date(row.created_at) };
}
