import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { regionalArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import { validationException } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import { pageToken } from "../../../model/page-token.ts";
import type { Ssm } from "../context.ts";
import { passes, rangeOf } from "../parameters/filters.ts";
import { nextPage } from "../parameters/page.ts";
import { requestedPosition } from "../parameters/page-token.ts";
import { parameterArn } from "../parameters/parameter.ts";
import { requestedFilters, requestedOldFilters } from "../parameters/requested-filters.ts";
import { shownSummary } from "../parameters/shape.ts";

const defaultPageSize = 50;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
export const describeParameters = operation(DescribeParametersCommand)({
  access: (_found, _input, call) => ({ resource: regionalArn(call, "ssm", "*") }),

  async run(_found, input, { store }: Ssm, call) {
    if (input.Filters?.length && input.ParameterFilters?.length) {
      throw validationException("You can use either Filters or ParameterFilters in a single request.");
    }
    const filters = [
      ...requestedFilters("DescribeParameters", input.ParameterFilters),
      ...requestedOldFilters(input.Filters),
    ];
    const after = requestedPosition(input.NextToken);
    // No other account shares any.
    if (input.Shared) return { Parameters: [] };
    const range = rangeOf(filters);
    const { items, next } = await nextPage({
      size: input.MaxResults ?? defaultPageSize,
      after,
      read: (behind, limit) => store.parameters.list(call, { ...range, after: behind, limit, now: call.time }),
      select: async (batch) => batch.filter((parameter) => passes(parameter, filters)),
    });
    return {
      Parameters: items.map((item) => ({ ...shownSummary(item), ARN: parameterArn(call, item.name) })),
      ...defined({ NextToken: next === undefined ? undefined : pageToken([next]) }),
    };
  },
});
