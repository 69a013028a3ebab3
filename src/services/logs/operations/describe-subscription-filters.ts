import { DescribeSubscriptionFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";
import { pageOf, requestedPage } from "../page.ts";

const mostFilters = 50;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html */
export const describeSubscriptionFilters = operation(DescribeSubscriptionFiltersCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, { logGroupName: input.logGroupName }),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, { filterNamePrefix = "", limit = mostFilters, nextToken }, { store }) {
    const group = theGroup(found);
    const [after = ""] = (requestedPage(nextToken) ?? []).map(String);
    const wanted = (await store.subscriptions.list(group.id)).filter(
      ({ name }) => name.startsWith(filterNamePrefix) && name > after,
    );
    const { shown, next } = pageOf(wanted, limit, ({ name }) => [name]);
    return {
      subscriptionFilters: shown.map(({ name, pattern, destinationArn, createdAt }) => ({
        ...{ filterName: name, logGroupName: group.name, filterPattern: pattern, destinationArn },
        ...{ distribution: "ByLogStream" as const, applyOnTransformedLogs: false, creationTime: createdAt },
      })),
      ...next,
    };
  },
});
