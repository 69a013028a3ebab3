import { GetParameterHistoryCommand } from "@aws-sdk/client-ssm";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { pageToken, readPageToken } from "../../../model/page-token.ts";
import type { Ssm } from "../context.ts";
import { invalidNextToken } from "../errors.ts";
import { sharedAccess } from "../parameters/access.ts";
import { findParameter } from "../parameters/find.ts";
import { existingParameter } from "../parameters/found.ts";
import { parsePlainReference } from "../parameters/reference.ts";
import { shownValue } from "../parameters/secure-string.ts";
import { shownSummary } from "../parameters/shape.ts";

const defaultPageSize = 50;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameterHistory.html */
export const getParameterHistory = operation(GetParameterHistoryCommand)({
  async find(input, call, context: Ssm) {
    const found = await findParameter(context, call, parsePlainReference(call, input.Name));
    const { reference, parameter } = found;
    const after = versionIn(input.NextToken);
    const size = input.MaxResults ?? defaultPageSize;
    const isReadable = parameter !== undefined && after !== undefined;
    const { versions } = context.store;
    const entries = !isReadable
      ? []
      : reference.account === ""
        ? [{ ...parameter, labels: [] }].filter(({ version }) => version > after)
        : await versions.history(reference, parameter.name, after, size + 1);
    return { ...found, after, entries };
  },

  access: (found) => sharedAccess(found),

  async run(found, input, context, call) {
    existingParameter(found);
    if (found.after === undefined) throw invalidNextToken();
    const size = input.MaxResults ?? defaultPageSize;
    const page = found.entries.slice(0, size);
    const last = found.entries.length > size ? page.at(-1) : undefined;
    const { arn } = found.reference;
    const shown = page.map(async (entry) => ({
      ...shownSummary(entry),
      Value: await shownValue(context, call, entry, arn, input.WithDecryption ?? false),
      Labels: [...entry.labels],
    }));
    return {
      Parameters: await Promise.all(shown),
      ...defined({ NextToken: last && pageToken([last.version]) }),
    };
  },
});

/** The version in a NextToken, behind which the history goes on; `undefined` for a malformed token. */
function versionIn(token: string | undefined): number | undefined {
  if (token === undefined || token === "") return 0;
  const key = readPageToken(token);
  const version: unknown = Array.isArray(key) && key.length === 1 ? key[0] : undefined;
  return typeof version === "number" && Number.isSafeInteger(version) ? version : undefined;
}
