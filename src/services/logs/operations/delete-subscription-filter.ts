import { DeleteSubscriptionFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { resourceNotFound } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteSubscriptionFilter.html */
export const deleteSubscriptionFilter = operation(DeleteSubscriptionFilterCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, { logGroupName: input.logGroupName }),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, input, { store }) {
    if (!(await store.subscriptions.remove(theGroup(found).id, input.filterName))) {
      throw resourceNotFound("The specified subscription filter does not exist.");
    }
    return {};
  },
});
