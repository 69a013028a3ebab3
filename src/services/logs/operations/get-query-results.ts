import { GetQueryResultsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import { pageToken } from "../../../model/page-token.ts";
import type { Logs } from "../context.ts";
import { invalidNextToken, queryNotFound } from "../errors.ts";
import { queryAccess } from "../insights/queries/access.ts";
import { findQuery } from "../insights/queries/find.ts";
import { statusOf } from "../insights/queries/query.ts";
import { requestedPage } from "../page.ts";

/** Lines of a page. */
const mostItems = 10_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
export const getQueryResults = operation(GetQueryResultsCommand)({
  find: ({ queryId }, call, context: Logs) => findQuery(context, call, queryId),
  access: (found, _input, call) => queryAccess(call, found),
  async run({ query }, { maxItems = mostItems, nextToken }, { store }, call) {
    if (!query) throw queryNotFound();
    const [id, from = 0] = requestedPage(nextToken) ?? [query.id, 0];
    if (id !== query.id || typeof from !== "number") throw invalidNextToken();
    const lines = query.status === "Complete" ? await store.queries.results(query.id) : [];
    const to = from + maxItems;
    return {
      queryLanguage: "CWLI" as const,
      results: lines.slice(from, to).map((line) => line.map(([field, value]) => ({ field, value }))),
      statistics: { ...query.statistics, estimatedRecordsSkipped: 0, estimatedBytesSkipped: 0 },
      status: statusOf(query, call.time.getTime()),
      ...(lines.length > to && { nextToken: pageToken([query.id, to]) }),
    };
  },
});
