import type { Tag } from "@aws-sdk/client-ecs";
import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";

export function tagRecords(db: Kysely<Tables>) {
  return {
    async get(arn: string): Promise<readonly Tag[]> {
      const row = await db.selectFrom("ecs_tags").select("document").where("arn", "=", arn).executeTakeFirst();
      return row ? JSON.parse(row.document) : [];
    },
    /** By ARN; without those that have no tags. */
    async ofAll(arns: readonly string[]): Promise<ReadonlyMap<string, readonly Tag[]>> {
      if (arns.length === 0) return new Map();
      const rows = await db.selectFrom("ecs_tags").select(["arn", "document"]).where("arn", "in", arns).execute();
      return new Map(rows.map(({ arn, document }) => [arn, JSON.parse(document)]));
    },
    /** Replaces all tags of the resource. */
    async put(arn: string, tags: readonly Tag[]): Promise<void> {
      if (tags.length === 0) {
        await db.deleteFrom("ecs_tags").where("arn", "=", arn).execute();
        return;
      }
      const document = JSON.stringify(tags);
      await db
        .insertInto("ecs_tags")
        .values({ arn, document })
        .onConflict((conflict) => conflict.column("arn").doUpdateSet({ document }))
        .execute();
    },
  };
}
