import type { MetricTransformation } from "@aws-sdk/client-cloudwatch-logs";
import type { Database } from "../../../storage/database.ts";
import { fitsRegexQuota } from "./regex-quota.ts";

/** A metric filter. Sealift keeps it, and makes no metrics. */
export interface MetricFilter {
  readonly name: string;
  readonly pattern: string;
  readonly transformations: readonly MetricTransformation[];
  readonly createdAt: number;
}

/** All SQL of metric filters. */
export function metricFilterRecords({ db, transaction }: Pick<Database, "db" | "transaction">) {
  return {
    /** Makes or replaces a filter, unless the group has `most` others. */
    put(groupId: string, filter: MetricFilter, most: number): Promise<"put" | "too many" | "gone"> {
      return transaction(async (open) => {
        const group = open.selectFrom("logs_groups").select("group_id").where("group_id", "=", groupId);
        if (!(await group.executeTakeFirst())) return "gone";
        const { count } = await open
          .selectFrom("logs_metric_filters")
          .select((select) => select.fn.countAll().as("count"))
          .where("group_id", "=", groupId)
          .where("name", "!=", filter.name)
          .executeTakeFirstOrThrow();
        if (Number(count) >= most) return "too many";
        const replaced = { table: "logs_metric_filters", name: filter.name } as const;
        if (!(await fitsRegexQuota(open, groupId, filter.pattern, replaced))) return "too many";
        const content = {
          pattern: Buffer.from(filter.pattern),
          transformations: Buffer.from(JSON.stringify(filter.transformations)),
        };
        await open
          .insertInto("logs_metric_filters")
          .values({ group_id: groupId, name: filter.name, ...content, created_at: filter.createdAt })
          .onConflict((conflict) => conflict.columns(["group_id", "name"]).doUpdateSet(content))
          .execute();
        return "put";
      });
    },

    /** False if there is none. */
    async remove(groupId: string, name: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom("logs_metric_filters")
        .where("group_id", "=", groupId)
        .where("name", "=", name)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /** Of all groups of a place, each with its group's name; by name and group. */
    async list(account: string, region: string, groupId: string | undefined) {
      let query = db
        .selectFrom("logs_metric_filters as filter")
        .innerJoin("logs_groups as group", "group.group_id", "filter.group_id")
        .select(["group.name as group_name", "filter.name", "pattern", "transformations", "filter.created_at"])
        .where("account", "=", account)
        .where("region", "=", region);
      if (groupId !== undefined) query = query.where("filter.group_id", "=", groupId);
      const rows = await query.orderBy("filter.name").orderBy("group.name").execute();
      return rows.map((row) => ({
        groupName: row.group_name,
        name: row.name,
        pattern: Buffer.from(row.pattern).toString(),
        transformations: JSON.parse(Buffer.from(row.transformations).toString()) as MetricTransformation[],
        createdAt: Number(row.created_at),
      }));
    },

    /** How many each group has. */
    async counts(groupIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (groupIds.length === 0) return new Map();
      const rows = await db
        .selectFrom("logs_metric_filters")
        .select((select) => ["group_id", select.fn.countAll().as("count")])
        .where("group_id", "in", groupIds)
        .groupBy("group_id")
        .execute();
      return new Map(rows.map(({ group_id, count }) => [group_id, Number(count)]));
    },
  };
}
