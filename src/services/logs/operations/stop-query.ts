import { StopQueryCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { invalidParameter, queryNotFound } from "../errors.ts";
import { findQuery } from "../insights/queries/find.ts";
import { isRunning, statusOf } from "../insights/queries/query.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StopQuery.html */
export const stopQuery = operation(StopQueryCommand)({
  find: ({ queryId }, call, context: Logs) => findQuery(context, call, queryId),
  access: () => ({ resource: "*" }),
  async run({ query }, _input, { store, queries }, call) {
    if (!query) throw queryNotFound();
    const now = call.time.getTime();
    const isStopped = isRunning(statusOf(query, now)) && (await store.queries.end(query.id, "Cancelled", now));
    if (!isStopped) throw invalidParameter("The specified query is not running.");
    queries.stop(query.id);
    return { success: true };
  },
});
