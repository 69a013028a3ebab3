import { type Kysely, sql } from "kysely";
import { prepared } from "../../../storage/prepared.ts";
import type { Tables } from "../../../storage/schema/index.ts";
import { findAwsManaged } from "../policies/aws-managed-policies.ts";
import type { Tags } from "../tags.ts";

export interface Document {
  /** An ARN, or an inline policy's name. */
  readonly name: string;
  readonly text: string;
}

/** The policies and tags of a user, its groups' policies included, or of a role. */
interface EffectivePolicies {
  readonly identity: readonly Document[];
  readonly boundary: Document | undefined;
  readonly tags: Tags;
}

const noTags = sql<string | null>`null`.as("tags");

/** An entity's row with its boundary, and a row for each of its policies and of its groups'. */
const documentsOf = prepared(
  (db, { entityId }: { readonly entityId: string }) =>
    db
      .selectFrom("iam_entities as e")
      .leftJoin("iam_policies as p", "p.arn", "e.boundary_arn")
      .leftJoin("iam_policy_versions as v", (join) =>
        join.onRef("v.policy_arn", "=", "p.arn").onRef("v.version", "=", "p.default_version"),
      )
      .select(["e.boundary_arn as name", "v.document", sql.ref<string | null>("e.tags").as("tags")])
      .where("e.id", "=", entityId)
      .unionAll(
        db
          .selectFrom("iam_inline_policies as i")
          .select([named("i.name"), sql.ref<string | null>("i.document").as("document"), noTags])
          .where("i.entity_id", "=", entityId),
      )
      .unionAll(
        db
          .selectFrom("iam_attachments as a")
          .leftJoin("iam_policies as p", "p.arn", "a.policy_arn")
          .leftJoin("iam_policy_versions as v", (join) =>
            join.onRef("v.policy_arn", "=", "p.arn").onRef("v.version", "=", "p.default_version"),
          )
          .select([named("a.policy_arn"), "v.document", noTags])
          .where("a.entity_id", "=", entityId),
      )
      .unionAll(
        db
          .selectFrom("iam_group_members as m")
          .innerJoin("iam_inline_policies as i", "i.entity_id", "m.group_id")
          .select([named("i.name"), sql.ref<string | null>("i.document").as("document"), noTags])
          .where("m.user_id", "=", entityId),
      )
      .unionAll(
        db
          .selectFrom("iam_group_members as m")
          .innerJoin("iam_attachments as a", "a.entity_id", "m.group_id")
          .leftJoin("iam_policies as p", "p.arn", "a.policy_arn")
          .leftJoin("iam_policy_versions as v", (join) =>
            join.onRef("v.policy_arn", "=", "p.arn").onRef("v.version", "=", "p.default_version"),
          )
          .select([named("a.policy_arn"), "v.document", noTags])
          .where("m.user_id", "=", entityId),
      ),
  toEffective,
);

function toEffective(
  rows: readonly { name: string | null; document: string | null; tags: string | null }[],
): EffectivePolicies | undefined {
  // Only an entity's row has tags, `{}` if nothing else.
  const entity = rows.find(({ tags }) => tags !== null);
  if (!entity) return undefined;
  return {
    identity: rows.filter((row) => row !== entity).map(toDocument),
    boundary: entity.name === null ? undefined : toDocument(entity),
    tags: JSON.parse(entity.tags ?? "{}"),
  };
}

/** The read of the authoriser, which happens at every request. */
export function effectivePolicyRecords(db: Kysely<Tables>) {
  return {
    /** In one read; `undefined` where no user or role has that id. */
    async find(entityId: string): Promise<EffectivePolicies | undefined> {
      return documentsOf(db, { entityId });
    },
  };
}

function named(column: string) {
  return sql.ref<string | null>(column).as("name");
}

function toDocument({ name, document }: { name: string | null; document: string | null }): Document {
  const text = document ?? findAwsManaged(name ?? "")?.version.document;
  if (name === null || text === undefined) throw new Error(`Cannot find the document of policy '${name}'`);
  return { name, text };
}
