import { DescribeSubscriptionFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";

/**
 * There are none: PutSubscriptionFilter is not implemented.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html
 */
export const describeSubscriptionFilters = operation(DescribeSubscriptionFiltersCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, { logGroupName: input.logGroupName }),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found) {
    theGroup(found);
    return { subscriptionFilters: [] };
  },
});
