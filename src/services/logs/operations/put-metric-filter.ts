import { PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound, invalidParameter, limitExceeded, unsupported } from "../errors.ts";
import { requestedPattern } from "../filters/requested.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";

/** AWS's quota for a group. */
const most = 100;

/**
 * A metric filter is a record here: there is no CloudWatch that would take its metrics.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html
 */
export const putMetricFilter = operation(PutMetricFilterCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, { logGroupName: input.logGroupName }),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, input, { store }, call) {
    requestedPattern(input.filterPattern);
    if (input.applyOnTransformedLogs) throw unsupported("Transformation of log events");
    if (input.fieldSelectionCriteria) throw unsupported("fieldSelectionCriteria");
    if (input.emitSystemFieldDimensions?.length) throw unsupported("emitSystemFieldDimensions");
    for (const { dimensions, defaultValue } of input.metricTransformations) {
      if (Object.keys(dimensions ?? {}).length === 0) continue;
      if (defaultValue !== undefined) {
        throw invalidParameter(
          "Invalid metric transformation: dimensions and default value are mutually exclusive properties.",
        );
      }
    }
    const outcome = await store.metricFilters.put(
      theGroup(found).id,
      {
        ...{ name: input.filterName, pattern: input.filterPattern, createdAt: call.time.getTime() },
        transformations: input.metricTransformations,
      },
      most,
    );
    if (outcome === "gone") throw groupNotFound();
    if (outcome === "too many") throw limitExceeded("Resource limit exceeded.");
    return {};
  },
});
