import { DescribeParametersCommand } from "@aws-sdk/client-ssm";
import { regionalArn } from "../../../arn.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { validation } from "../errors.ts";
import { passes, rangeOf } from "../parameters/filters.ts";
import { nextPage } from "../parameters/page.ts";
import { isNameKey, pageToken, readPageToken } from "../parameters/page-token.ts";
import { parameterArn } from "../parameters/parameter.ts";
import { requestedFilters, requestedOldFilters } from "../parameters/requested-filters.ts";
import { shownSummary } from "../parameters/shape.ts";

const defaultPageSize = 50;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
export const describeParameters = operation(DescribeParametersCommand)({
  access: (_input, call) => ({ action: "ssm:DescribeParameters", resource: regionalArn(call, "ssm", "*") }),

  async run(input, { parameters }: Ssm, call) {
    if (input.Filters?.length && input.ParameterFilters?.length) {
      throw validation("You can use either Filters or ParameterFilters in a single request.");
    }
    const filters = [
      ...requestedFilters("DescribeParameters", input.ParameterFilters),
      ...requestedOldFilters(input.Filters),
    ];
    const after = readPageToken(input.NextToken, isNameKey);
    // No other account shares any.
    if (input.Shared) return { Parameters: [] };
    const range = rangeOf(filters);
    const { items, next } = await nextPage({
      size: input.MaxResults ?? defaultPageSize,
      after,
      read: (behind, limit) => parameters.list(call, { ...range, after: behind, limit, now: call.time }),
      select: async (batch) => batch.filter((parameter) => passes(parameter, filters)),
    });
    return {
      Parameters: items.map((item) => ({ ...shownSummary(item), ARN: parameterArn(call, item.name) })),
      ...(next !== undefined && { NextToken: pageToken(next) }),
    };
  },
});
