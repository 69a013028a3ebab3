import { type Kysely, sql } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { Entity, EntityKind } from "../entity.ts";
import { toEntity } from "../records.ts";

export interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}

/** The SQL of what is put into or attached to roles, users and groups. */
export function entityPolicyStatements(db: Kysely<Tables>) {
  /** By entity, then by name. */
  async function listInlineOf(entityIds: readonly string[]): Promise<ReadonlyMap<string, InlinePolicy[]>> {
    if (entityIds.length === 0) return new Map();
    const rows = await db
      .selectFrom("iam_inline_policies")
      .selectAll()
      .where("entity_id", "in", entityIds)
      .orderBy("name")
      .execute();
    return groupedBy(rows, ({ name, document }) => ({ name, document }));
  }
  /** By entity: ARNs, in their order. */
  async function listAttachedOf(entityIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
    if (entityIds.length === 0) return new Map();
    const rows = await db
      .selectFrom("iam_attachments")
      .selectAll()
      .where("entity_id", "in", entityIds)
      .orderBy("policy_arn")
      .execute();
    return groupedBy(rows, ({ policy_arn: arn }) => arn);
  }
  return {
    listInlineOf,
    listAttachedOf,
    async putInline(entityId: string, name: string, document: string): Promise<void> {
      await db
        .insertInto("iam_inline_policies")
        .values({ entity_id: entityId, name, document })
        .onConflict((conflict) => conflict.columns(["entity_id", "name"]).doUpdateSet({ document }))
        .execute();
    },
    /** Whether there was one. */
    async deleteInline(entityId: string, name: string): Promise<boolean> {
      const result = await db
        .deleteFrom("iam_inline_policies")
        .where("entity_id", "=", entityId)
        .where("name", "=", name)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    /** By name. */
    async listInline(entityId: string): Promise<InlinePolicy[]> {
      return (await listInlineOf([entityId])).get(entityId) ?? [];
    },
    async attach(entityId: string, policyArn: string): Promise<void> {
      await db
        .insertInto("iam_attachments")
        .values({ entity_id: entityId, policy_arn: policyArn })
        .onConflict((conflict) => conflict.columns(["entity_id", "policy_arn"]).doNothing())
        .execute();
    },
    /** Whether it was attached. */
    async detach(entityId: string, policyArn: string): Promise<boolean> {
      const result = await db
        .deleteFrom("iam_attachments")
        .where("entity_id", "=", entityId)
        .where("policy_arn", "=", policyArn)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    /** ARNs, in their order. */
    async listAttached(entityId: string): Promise<string[]> {
      return (await listAttachedOf([entityId])).get(entityId) ?? [];
    },
    /** How many of the account's entities use the policy. */
    async countUsers(account: string, policyArn: string): Promise<{ attachments: number; boundaries: number }> {
      const inAccount = db
        .selectFrom("iam_entities as e")
        .select(({ fn }) => fn.countAll().as("count"))
        .where("e.account", "=", account);
      const attached = await inAccount
        .innerJoin("iam_attachments as a", "a.entity_id", "e.id")
        .where("a.policy_arn", "=", policyArn)
        .executeTakeFirstOrThrow();
      const bounded = await inAccount.where("e.boundary_arn", "=", policyArn).executeTakeFirstOrThrow();
      return { attachments: Number(attached.count), boundaries: Number(bounded.count) };
    },
    /** Who in the account uses the policy: by kind, then by name, after the key given. */
    async listUsers(
      account: string,
      policyArn: string,
      options: {
        /** Both unless given. */
        readonly use?: "attachment" | "boundary" | undefined;
        readonly kind?: EntityKind | undefined;
        readonly pathPrefix: string;
        readonly after: { readonly kind: string; readonly nameKey: string };
        readonly limit: number;
      },
    ): Promise<Entity[]> {
      const { use, kind, pathPrefix, after, limit } = options;
      const attached = db.selectFrom("iam_attachments").select("entity_id as id").where("policy_arn", "=", policyArn);
      const bounded = db.selectFrom("iam_entities").select("id").where("boundary_arn", "=", policyArn);
      const users = use === "attachment" ? attached : use === "boundary" ? bounded : attached.union(bounded);
      const rows = await db
        .selectFrom("iam_entities as e")
        .selectAll()
        .where("e.id", "in", users)
        .where("e.account", "=", account)
        .$if(kind !== undefined, (query) => query.where("e.kind", "=", kind!))
        .where(sql`substr(e.path, 1, ${pathPrefix.length})`, "=", pathPrefix)
        .where((where) =>
          where.or([
            where(sql<string>`e.kind`, ">", after.kind),
            where.and([where(sql<string>`e.kind`, "=", after.kind), where("e.name_key", ">", after.nameKey)]),
          ]),
        )
        .orderBy("e.kind")
        .orderBy("e.name_key")
        .limit(limit)
        .execute();
      return rows.map(toEntity);
    },
  };
}

function groupedBy<Row extends { readonly entity_id: string }, T>(
  rows: readonly Row[],
  read: (row: Row) => T,
): ReadonlyMap<string, T[]> {
  const byEntity = Map.groupBy(rows, (row) => row.entity_id);
  return new Map([...byEntity].map(([id, all]) => [id, all.map(read)]));
}
