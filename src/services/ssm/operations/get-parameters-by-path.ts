import { GetParametersByPathCommand } from "@aws-sdk/client-ssm";
import { regionalArn } from "../../../arn.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { passes, prefixesOf } from "../parameters/filters.ts";
import { isUnder, requestedPath } from "../parameters/name.ts";
import { nextPage } from "../parameters/page.ts";
import { isNameKey, pageToken, readPageToken } from "../parameters/page-token.ts";
import { type ParameterVersion, parameterArn, type VersionSummary } from "../parameters/parameter.ts";
import { requestedFilters } from "../parameters/requested-filters.ts";
import { shownParameter } from "../parameters/shape.ts";

const defaultPageSize = 10;

/**
 * Whoever may read a path may read all below it: AWS asks for no more.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
 */
export const getParametersByPath = operation(GetParametersByPathCommand)({
  access: (input, call) => ({
    action: "ssm:GetParametersByPath",
    resource: regionalArn(call, "ssm", `parameter${requestedPath(input.Path)}`),
    conditions: { "ssm:Recursive": String(input.Recursive ?? false) },
  }),

  async run(input, context: Ssm, call) {
    const { parameters } = context;
    const path = requestedPath(input.Path);
    const filters = requestedFilters("GetParametersByPath", input.ParameterFilters);
    const labels = filters.find(({ key }) => key === "Label")?.values;
    const { items, next } = await nextPage<Item>({
      size: input.MaxResults ?? defaultPageSize,
      after: readPageToken(input.NextToken, isNameKey),
      read: (after, limit) => parameters.list(call, { prefixes: prefixesOf([path]), after, limit, now: call.time }),
      async select(batch) {
        const matching = batch.filter(
          (parameter) => isUnder(parameter.name, path, input.Recursive ?? false) && passes(parameter, filters),
        );
        if (!labels) return matching;
        const names = matching.map(({ name }) => name);
        return newestOfEach(await parameters.labelled(call, names, labels));
      },
    });
    const versions = await withValues(context, call, items);
    const shown = versions.map((version) =>
      shownParameter(context, call, version, {
        arn: parameterArn(call, version.name),
        withDecryption: input.WithDecryption,
      }),
    );
    return { Parameters: await Promise.all(shown), ...(next !== undefined && { NextToken: pageToken(next) }) };
  },
});

/** A parameter's newest version, or the one that has the label asked for. */
type Item = ParameterVersion | VersionSummary;

/** Of versions in the order of their names, the newest first, the first of each name. */
function newestOfEach(versions: readonly ParameterVersion[]): ParameterVersion[] {
  return versions.filter(({ name }, index) => name !== versions[index - 1]?.name);
}

/** The versions with their values; those of parameters that have been deleted meanwhile are left out. */
async function withValues({ parameters }: Ssm, call: Call, items: readonly Item[]): Promise<ParameterVersion[]> {
  const missing = items.filter((item) => !("value" in item)).map(({ name }) => name);
  const found = await parameters.find(call, missing, call.time);
  return items.flatMap((item) => ("value" in item ? item : (found.get(item.name) ?? [])));
}
