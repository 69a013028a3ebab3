import { PutSubscriptionFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound, invalidParameter, limitExceeded, unsupported } from "../errors.ts";
import { requestedPattern } from "../filters/requested.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";
import { functionNameIn } from "../subscriptions/subscription.ts";

/** AWS's quota for a group. */
const most = 2;

/**
 * The destination is a Lambda function to which whoever runs the server gave a URL.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
 */
export const putSubscriptionFilter = operation(PutSubscriptionFilterCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, { logGroupName: input.logGroupName }),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, input, { store, functions }, call) {
    requestedPattern(input.filterPattern);
    if (input.applyOnTransformedLogs) throw unsupported("Transformation of log events");
    if (input.fieldSelectionCriteria) throw unsupported("fieldSelectionCriteria");
    if (input.emitSystemFields?.length) throw unsupported("emitSystemFields");
    const { destinationArn } = input;
    const name = functionNameIn(destinationArn);
    if (name === undefined) throw unsupported(`A destination other than a Lambda function, such as ${destinationArn},`);
    if (input.roleArn !== undefined) {
      throw invalidParameter("destinationArn for vendor lambda cannot be used with roleArn");
    }
    if (input.distribution === "Random") throw invalidParameter("distribution is for Kinesis streams only.");
    const group = theGroup(found);
    if (!functions.has(name)) {
      throw invalidParameter(
        `Could not execute the lambda function. Sealift has no URL for ${name}: start it with --lambda ${name}=https://…`,
      );
    }
    const outcome = await store.subscriptions.put(
      {
        ...{ groupId: group.id, name: input.filterName, pattern: input.filterPattern, destinationArn },
        createdAt: call.time.getTime(),
      },
      most,
    );
    if (outcome === "gone") throw groupNotFound();
    if (outcome === "too many") throw limitExceeded("Resource limit exceeded.");
    return {};
  },
});
