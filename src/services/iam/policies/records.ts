import { type Kysely, type Selectable, sql } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import type { PolicyUse } from "../entities/policies/attachment-records.ts";
import type { ListOptions } from "../entities/records.ts";
import { nameKey } from "../names.ts";
import type { Tags } from "../tags.ts";
import { findAwsManaged } from "./aws-managed-policies.ts";
import type { ManagedPolicy, PolicyVersion } from "./policy.ts";

/** The SQL of managed policies. Reads by ARN find AWS's own as well. */
export function policyRecords(db: Kysely<Tables>) {
  async function insertVersion(arn: string, version: PolicyVersion): Promise<void> {
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
  /** The versions of customer managed policies, by ARN; newest first. */
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
    insertVersion,
    async find(arn: string): Promise<ManagedPolicy | undefined> {
      const known = findAwsManaged(arn);
      if (known) return known.policy;
      const row = await db.selectFrom("iam_policies").selectAll().where("arn", "=", arn).executeTakeFirst();
      return row && toPolicy(row);
    },
    async findVersion(arn: string, version: number): Promise<PolicyVersion | undefined> {
      const known = findAwsManaged(arn);
      if (known?.version.version === version) return known.version;
      if (known) return known.older().find((older) => older.version === version);
      const row = await db
        .selectFrom("iam_policy_versions")
        .selectAll()
        .where("policy_arn", "=", arn)
        .where("version", "=", version)
        .executeTakeFirst();
      return row && toVersion(row);
    },
    /** The document of the default version. */
    async document(arn: string): Promise<string | undefined> {
      const known = findAwsManaged(arn);
      if (known) return known.version.document;
      const row = await db
        .selectFrom("iam_policies as p")
        .innerJoin("iam_policy_versions as v", (join) =>
          join.onRef("v.policy_arn", "=", "p.arn").onRef("v.version", "=", "p.default_version"),
        )
        .select("v.document")
        .where("p.arn", "=", arn)
        .executeTakeFirst();
      return row?.document;
    },
    /** Newest first. */
    async listVersions(arn: string): Promise<PolicyVersion[]> {
      const known = findAwsManaged(arn);
      return known ? [known.version, ...known.older()] : ((await listVersionsOf([arn])).get(arn) ?? []);
    },
    listVersionsOf,
    /** `true` where the name exists under whatever path and in whatever case. */
    async isTaken(account: string, name: string): Promise<boolean> {
      const row = await db
        .selectFrom("iam_policies")
        .select("arn")
        .where("account", "=", account)
        .where("name_key", "=", nameKey(name))
        .executeTakeFirst();
      return row !== undefined;
    },
    /** The account's own, by name. With `use`, only policies that an entity uses that way. */
    async list(
      account: string,
      options: ListOptions & { readonly use?: PolicyUse | undefined },
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
    async insert(policy: ManagedPolicy, document: string): Promise<void> {
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
      await insertVersion(policy.arn, { version: 1, document, createdAt: policy.createdAt });
    },
    async update(
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
    async setTags(arn: string, tags: Tags): Promise<void> {
      await db
        .updateTable("iam_policies")
        .set({ tags: JSON.stringify(tags) })
        .where("arn", "=", arn)
        .execute();
    },
    async deleteVersion(arn: string, version: number): Promise<void> {
      await db.deleteFrom("iam_policy_versions").where("policy_arn", "=", arn).where("version", "=", version).execute();
    },
    /** Deletes all its versions as well. */
    async delete(arn: string): Promise<void> {
      await db.deleteFrom("iam_policy_versions").where("policy_arn", "=", arn).execute();
      await db.deleteFrom("iam_policies").where("arn", "=", arn).execute();
    },
  };
}

function toPolicy(row: Selectable<Tables["iam_policies"]>): ManagedPolicy {
  return {
    arn: row.arn,
    id: row.id,
    account: row.account,
    name: row.name,
    path: row.path,
    description: row.description ?? undefined,
    tags: JSON.parse(row.tags),
    defaultVersion: row.default_version,
    latestVersion: row.latest_version,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  };
}

function toVersion(row: { version: number; document: string; created_at: number }): PolicyVersion {
  return { version: row.version, document: row.document, createdAt: new Date(row.created_at) };
}
