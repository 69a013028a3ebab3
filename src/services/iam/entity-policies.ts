import type { Kysely } from "kysely";
import type { Tables } from "../../storage/migrations/index.ts";
import { toEntity } from "./entities.ts";
import type { Entity } from "./entity.ts";

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
    /** Who in the account has the policy attached to it or as its boundary. */
    async listUsers(account: string, policyArn: string, use: "attachment" | "boundary"): Promise<Entity[]> {
      const inAccount = db.selectFrom("iam_entities").where("account", "=", account).orderBy("name_key");
      const rows = await (use === "boundary"
        ? inAccount.selectAll().where("boundary_arn", "=", policyArn)
        : inAccount
            .innerJoin("iam_attachments", "entity_id", "id")
            .selectAll("iam_entities")
            .where("policy_arn", "=", policyArn)
      ).execute();
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
