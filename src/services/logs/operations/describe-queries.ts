import { DescribeQueriesCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { refuseLanguage } from "../insights/queries/language.ts";
import { isRunning, statusOf } from "../insights/queries/query.ts";
import { pageOf, requestedPage } from "../page.ts";

const mostResults = 1_000;

/** The newest first. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeQueries.html */
export const describeQueries = operation(DescribeQueriesCommand)({
  access: () => ({ resource: "*" }),
  async run(
    _found,
    { logGroupName, status, maxResults = mostResults, nextToken, queryLanguage },
    { store }: Logs,
    call,
  ) {
    refuseLanguage(queryLanguage);
    const now = call.time.getTime();
    const [time, id] = requestedPage(nextToken) ?? [];
    const all = await store.queries.list(
      call,
      typeof time === "number" && typeof id === "string" ? [time, id] : undefined,
    );
    const wanted = all.filter(
      (query) =>
        (status === undefined || statusOf(query, now) === status) &&
        (logGroupName === undefined || query.body.groups.some(({ name }) => name === logGroupName)),
    );
    const { shown, next } = pageOf(wanted, maxResults, (query) => [query.createdAt, query.id]);
    return {
      queries: shown.map((query) => ({
        queryLanguage: "CWLI" as const,
        queryId: query.id,
        queryString: query.body.queryString,
        status: statusOf(query, now),
        createTime: query.createdAt,
        logGroupName: logGroupName ?? query.body.groups[0]?.name,
        queryDuration: (isRunning(query.status) ? now : query.touchedAt) - query.createdAt,
        bytesScanned: query.statistics.bytesScanned,
        userIdentity: query.body.principal,
      })),
      ...next,
    };
  },
});
