import { type MetricTransformation, PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound, invalidParameter, limitExceeded, unsupported } from "../errors.ts";
import type { Filter } from "../filters/filter.ts";
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
    const pattern = requestedPattern(input.filterPattern);
    if (input.applyOnTransformedLogs) throw unsupported("Transformation of log events");
    if (input.fieldSelectionCriteria) throw unsupported("fieldSelectionCriteria");
    if (input.emitSystemFieldDimensions?.length) throw unsupported("emitSystemFieldDimensions");
    for (const transformation of input.metricTransformations) checkTransformation(transformation, pattern);
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

/** AWS's limit of the dimensions of a metric. */
const mostDimensions = 3;

function checkTransformation(
  { metricValue, dimensions = {}, defaultValue }: MetricTransformation,
  pattern: Filter,
): void {
  const invalid = (why: string) => invalidParameter(`Invalid metric transformation: ${why}`);
  if (!isValue(metricValue, pattern)) {
    throw invalid(`the metric value '${metricValue}' is neither a number nor a field of the pattern.`);
  }
  const values = Object.values(dimensions);
  if (values.length === 0) return;
  if (defaultValue !== undefined) throw invalid("dimensions and default value are mutually exclusive properties.");
  if (values.length > mostDimensions) throw invalid(`there can be ${mostDimensions} dimensions at most.`);
  if (!pattern.hasFields) throw invalid("dimensions need a JSON or space-delimited filter pattern.");
  for (const value of values) {
    if (!value?.startsWith("$")) throw invalid(`the value '${value}' of a dimension is no field of the pattern.`);
  }
}

/** A number, or a field of what the pattern finds. */
function isValue(text = "", { hasFields = false }: Filter): boolean {
  return text.startsWith("$") ? hasFields : text.trim() !== "" && Number.isFinite(Number(text));
}
