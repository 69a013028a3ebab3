import { GetParameterHistoryCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { parameterNotFound } from "../errors.ts";
import { foundParameters, parameterAccess } from "../parameters/access.ts";
import { pageToken, readPageToken } from "../parameters/page-token.ts";
import { parsePlainReference } from "../parameters/reference.ts";
import { shownValue } from "../parameters/secure-string.ts";
import { shownSummary } from "../parameters/shape.ts";

const defaultPageSize = 50;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html */
export const getParameterHistory = operation(GetParameterHistoryCommand)({
  access: (input, call, context: Ssm) =>
    parameterAccess("GetParameterHistory", [parsePlainReference(call, input.Name)], call, context),

  async run(input, context, call) {
    const [found] = foundParameters(call);
    if (!found?.parameter) throw parameterNotFound();
    const { parameter, reference } = found;
    const size = input.MaxResults ?? defaultPageSize;
    const after = readPageToken(input.NextToken, isVersion) ?? 0;
    const entries = await context.parameters.history(reference, parameter.name, after, size + 1);
    const page = entries.slice(0, size);
    const shown = page.map(async (entry) => ({
      ...shownSummary(entry),
      Value: await shownValue(context, call, entry, reference.arn, input.WithDecryption ?? false),
      Labels: [...entry.labels],
    }));
    return {
      Parameters: await Promise.all(shown),
      ...(entries.length > size && { NextToken: pageToken(page[size - 1]!.version) }),
    };
  },
});

function isVersion(key: unknown): key is number {
  return Number.isSafeInteger(key);
}
