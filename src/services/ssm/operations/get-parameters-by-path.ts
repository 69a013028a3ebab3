import { GetParametersByPathCommand } from "@aws-sdk/client-ssm";
import { regionalArn } from "../../../arn.ts";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import { flagKey } from "../../../model/flag-key.ts";
import { operation } from "../../../model/operation.ts";
import { pageToken } from "../../../model/page-token.ts";
import type { Ssm } from "../context.ts";
import { passes, prefixesOf } from "../parameters/filters.ts";
import { isUnder, requestedPath, rooted } from "../parameters/name.ts";
import { nextPage } from "../parameters/page.ts";
import { requestedPosition } from "../parameters/page-token.ts";
import { type ParameterVersion, parameterArn, type VersionSummary } from "../parameters/parameter.ts";
import { requestedFilters } from "../parameters/requested-filters.ts";
import { shownParameter } from "../parameters/shape.ts";
import { isPublic, listPublicParameters } from "../public/public-parameters.ts";

const defaultPageSize = 10;

/**
 * A caller who may read a path may read everything below it: AWS asks for no other permission.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
 */
export const getParametersByPath = operation(GetParametersByPathCommand)({
  find: (input) => requestedPath(input.Path),

  access: (path, input, call) => ({
    resource: regionalArn(isPublic(path) ? { ...call, account: "" } : call, "ssm", `parameter${path}`),
    conditions: defined({ "ssm:Recursive": flagKey(input.Recursive) }),
  }),

  async run(path, input, context: Ssm, call) {
    const { parameters, versions } = context.store;
    const filters = requestedFilters("GetParametersByPath", input.ParameterFilters);
    const labels = filters.find(({ key }) => key === "Label")?.values;
    const { items, next } = await nextPage<Item>({
      size: input.MaxResults ?? defaultPageSize,
      after: requestedPosition(input.NextToken),
      read: (after, limit) =>
        isPublic(path)
          ? listPublicParameters(call.region, path, { recursive: input.Recursive ?? false, after, limit })
          : parameters.list(call, { prefixes: prefixesOf([path]), after, limit, now: call.time }),
      async select(batch) {
        const matching = batch.filter(
          (parameter) => isUnder(parameter.name, path, input.Recursive ?? false) && passes(parameter, filters),
        );
        if (!labels) return matching;
        const names = matching.map(({ name }) => name);
        return newestOfEach(await versions.labelled(call, names, labels));
      },
    });
    const shown = (await withValues(context, call, items)).map((version) =>
      shownParameter(context, call, version, {
        arn: parameterArn(isPublic(path) ? { ...call, account: "" } : call, version.name),
        withDecryption: input.WithDecryption,
      }),
    );
    return {
      Parameters: await Promise.all(shown),
      ...defined({ NextToken: next === undefined ? undefined : pageToken([next]) }),
    };
  },
});

/** A parameter's newest version, or the one that has the label asked for. */
type Item = ParameterVersion | VersionSummary;

/** The newest version of each name, from versions that are sorted by name and the newest first. */
function newestOfEach(versions: readonly ParameterVersion[]): ParameterVersion[] {
  return versions.filter(({ name }, index) => name !== versions[index - 1]?.name);
}

/** The versions with their values, without those of parameters that were deleted meanwhile. */
async function withValues({ store }: Ssm, call: Call, items: readonly Item[]): Promise<ParameterVersion[]> {
  const missing = items.filter((item) => !("value" in item)).map(({ name }) => name);
  const found = await store.parameters.find(call, missing, call.time);
  return items.flatMap((item) => ("value" in item ? item : (found.get(rooted(item.name)) ?? [])));
}
