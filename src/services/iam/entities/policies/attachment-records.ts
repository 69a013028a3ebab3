import { type Kysely, sql } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { Entity, EntityKind } from "../entity.ts";
import { toEntity } from "../records.ts";

/** How an entity uses a managed policy. */
export type PolicyUse = "attachment" | "boundary";

/** The SQL of managed policies that are attached to roles, users and groups, or are their permissions boundaries. */
export function attachmentRecords(db: Kysely<Tables>) {
  /** By entity: ARNs, in their order. */
  async function listOfAll(entityIds: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
    if (entityIds.length === 0) return new Map();
    const rows = await db
      .selectFrom("iam_attachments")
      .selectAll()
      .where("entity_id", "in", entityIds)
      .orderBy("policy_arn")
      .execute();
    const byEntity = Map.groupBy(rows, (row) => row.entity_id);
    return new Map([...byEntity].map(([id, all]) => [id, all.map(({ policy_arn: arn }) => arn)]));
  }
  return {
    listOfAll,
    /** ARNs, in their order. */
    async list(entityId: string): Promise<string[]> {
      return (await listOfAll([entityId])).get(entityId) ?? [];
    },
    async attach(entityId: string, policyArn: string): Promise<void> {
      await db
        .insertInto("iam_attachments")
        .values({ entity_id: entityId, policy_arn: policyArn })
        .onConflict((conflict) => conflict.columns(["entity_id", "policy_arn"]).doNothing())
        .execute();
    },
    /** Gives `false` where the policy was not attached. */
    async detach(entityId: string, policyArn: string): Promise<boolean> {
      const result = await db
        .deleteFrom("iam_attachments")
        .where("entity_id", "=", entityId)
        .where("policy_arn", "=", policyArn)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    /** How many of the account's entities use the policy. */
    async countEntities(account: string, policyArn: string): Promise<{ attachments: number; boundaries: number }> {
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
    /** By ARN, how many of the account's entities use each policy. */
    async countUses(account: string, use: PolicyUse): Promise<ReadonlyMap<string, number>> {
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
    /** The account's entities that use the policy: by kind, then by name, after the key given. */
    async listEntities(
      account: string,
      policyArn: string,
      options: {
        /** Both unless given. */
        readonly use?: PolicyUse | undefined;
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
      let query = db
        .selectFrom("iam_entities as e")
        .selectAll()
        .where("e.id", "in", users)
        .where("e.account", "=", account)
        .where(sql`substr(e.path, 1, ${pathPrefix.length})`, "=", pathPrefix)
        .where((where) =>
          where.or([
            where(sql<string>`e.kind`, ">", after.kind),
            where.and([where(sql<string>`e.kind`, "=", after.kind), where("e.name_key", ">", after.nameKey)]),
          ]),
        );
      if (kind !== undefined) query = query.where("e.kind", "=", kind);
      const rows = await query.orderBy("e.kind").orderBy("e.name_key").limit(limit).execute();
      return rows.map(toEntity);
    },
  };
}
