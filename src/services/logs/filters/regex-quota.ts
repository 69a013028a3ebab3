import type { Kysely } from "kysely";
import type { Tables } from "../../../storage/schema/index.ts";
import { compilePattern } from "./pattern.ts";

/** AWS's quota of the filters of a group, of metrics and of subscriptions together, that have regular expressions. */
const most = 5;

type FilterTable = "logs_metric_filters" | "logs_subscription_filters";

/** True if the group can have another filter of this pattern. `replaced` is the one whose place it takes, if there is one. */
export async function fitsRegexQuota(
  db: Kysely<Tables>,
  groupId: string,
  pattern: string,
  replaced: { readonly table: FilterTable; readonly name: string },
): Promise<boolean> {
  if (!compilePattern(pattern).hasRegex) return true;
  let count = 0;
  for (const table of ["logs_metric_filters", "logs_subscription_filters"] as const) {
    const rows = await db.selectFrom(table).select(["name", "pattern"]).where("group_id", "=", groupId).execute();
    count += rows.filter(
      (row) =>
        (table !== replaced.table || row.name !== replaced.name) &&
        compilePattern(Buffer.from(row.pattern).toString()).hasRegex,
    ).length;
  }
  return count < most;
}
