import type { Kysely } from "kysely";
import type { Tables } from "../../storage/migrations/index.ts";
import { toEntity } from "./entities.ts";
import type { Entity } from "./entity.ts";

export interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}

/** The SQL of what is put into or attached to roles and users. */
export function entityPolicyStatements(db: Kysely<Tables>) {
  return {
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
      return await db
        .selectFrom("iam_inline_policies")
        .select(["name", "document"])
        .where("entity_id", "=", entityId)
        .orderBy("name")
        .execute();
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
      const rows = await db
        .selectFrom("iam_attachments")
        .select("policy_arn")
        .where("entity_id", "=", entityId)
        .orderBy("policy_arn")
        .execute();
      return rows.map((row) => row.policy_arn);
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
