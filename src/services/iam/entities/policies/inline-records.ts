import type { Kysely } from "kysely";
import type { Tables } from "../../../../storage/schema/index.ts";

interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}

/** The SQL of inline policies of roles, users and groups. */
export function inlinePolicyRecords(db: Kysely<Tables>) {
  /** By entity, then by name. */
  async function listOfAll(entityIds: readonly string[]): Promise<ReadonlyMap<string, InlinePolicy[]>> {
    if (entityIds.length === 0) return new Map();
    const rows = await db
      .selectFrom("iam_inline_policies")
      .selectAll()
      .where("entity_id", "in", entityIds)
      .orderBy("name")
      .execute();
    const byEntity = Map.groupBy(rows, (row) => row.entity_id);
    return new Map([...byEntity].map(([id, all]) => [id, all.map(({ name, document }) => ({ name, document }))]));
  }
  return {
    listOfAll,
    /** By name. */
    async list(entityId: string): Promise<InlinePolicy[]> {
      return (await listOfAll([entityId])).get(entityId) ?? [];
    },
    async put(entityId: string, name: string, document: string): Promise<void> {
      await db
        .insertInto("iam_inline_policies")
        .values({ entity_id: entityId, name, document })
        .onConflict((conflict) => conflict.columns(["entity_id", "name"]).doUpdateSet({ document }))
        .execute();
    },
    /** Gives `false` where there was none. */
    async delete(entityId: string, name: string): Promise<boolean> {
      const result = await db
        .deleteFrom("iam_inline_policies")
        .where("entity_id", "=", entityId)
        .where("name", "=", name)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}
