import { DescribeMetricFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { groupAccess, listAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";
import { pageOf, requestedPage } from "../page.ts";

const mostFilters = 50;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeMetricFilters.html */
export const describeMetricFilters = operation(DescribeMetricFiltersCommand)({
  find: async ({ logGroupName }, call, context: Logs) =>
    logGroupName === undefined ? undefined : findGroup(context, call, { logGroupName }),
  access: (found, _input, call) => (found ? groupAccess(call, found) : listAccess(call)),
  async run(found, input, { store }, call) {
    const { metricName, metricNamespace, filterNamePrefix = "", limit = mostFilters } = input;
    if ((metricName === undefined) !== (metricNamespace === undefined)) {
      throw invalidParameter("metricName and metricNamespace must be specified together.");
    }
    const [name = "", group = ""] = requestedPage(input.nextToken) ?? [];
    const filters = await store.metricFilters.list(call.account, call.region, found && theGroup(found).id);
    const wanted = filters.filter(
      (filter) =>
        filter.name.startsWith(filterNamePrefix) &&
        (filter.name > String(name) || (filter.name === name && filter.groupName > String(group))) &&
        (metricName === undefined ||
          filter.transformations.some(
            (made) => made.metricName === metricName && made.metricNamespace === metricNamespace,
          )),
    );
    const { shown, next } = pageOf(wanted, limit, (filter) => [filter.name, filter.groupName]);
    return {
      metricFilters: shown.map((filter) => ({
        filterName: filter.name,
        filterPattern: filter.pattern,
        metricTransformations: filter.transformations,
        creationTime: filter.createdAt,
        logGroupName: filter.groupName,
        applyOnTransformedLogs: false,
      })),
      ...next,
    };
  },
});
