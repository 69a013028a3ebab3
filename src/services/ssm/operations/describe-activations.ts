import { DescribeActivationsCommand, type DescribeActivationsFilter, InvalidFilter$ } from "@aws-sdk/client-ssm";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import { pageToken, readPageToken } from "../../../model/page-token.ts";
import { shownActivation } from "../activations/activation.ts";
import type { ActivationFilters, ActivationPosition } from "../activations/records.ts";
import type { Ssm } from "../context.ts";
import { invalidNextToken } from "../errors.ts";

const defaultPageSize = 50;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeActivations.html */
export const describeActivations = operation(DescribeActivationsCommand)({
  access: () => ({ resource: "*" }),

  async run(_found, input, { store }: Ssm, call) {
    const size = input.MaxResults ?? defaultPageSize;
    const after = requestedPosition(input.NextToken);
    const found = await store.activations.list(call, requestedFilters(input.Filters), after, size + 1);
    const page = found.slice(0, size);
    const last = found.length > size ? page.at(-1) : undefined;
    return {
      ActivationList: page.map((activation) => shownActivation(activation, call.time)),
      ...defined({ NextToken: last && pageToken([last.createdAt.getTime(), last.id]) }),
    };
  },
});

const memberOf = {
  ActivationIds: "ids",
  DefaultInstanceName: "defaultInstanceNames",
  IamRole: "roles",
} as const;

function requestedFilters(filters: readonly DescribeActivationsFilter[] = []): ActivationFilters {
  const read: Record<string, readonly string[]> = {};
  for (const { FilterKey: key, FilterValues: values = [] } of filters) {
    if (key === undefined || values.length === 0 || memberOf[key] in read) {
      throw new ApiError(
        InvalidFilter$,
        "The filter name isn't valid. Verify that you entered the correct name and try again.",
      );
    }
    read[memberOf[key]] = values;
  }
  return read;
}

function requestedPosition(token: string | undefined): ActivationPosition | undefined {
  if (!token) return undefined;
  const key = readPageToken(token);
  const [createdAt, id]: unknown[] = Array.isArray(key) ? key : [];
  if (typeof createdAt !== "number" || typeof id !== "string") throw invalidNextToken();
  return [createdAt, id];
}
