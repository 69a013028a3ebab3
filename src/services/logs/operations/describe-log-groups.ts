import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { invalidParameter, unsupported } from "../errors.ts";
import { listAccess } from "../groups/access.ts";
import { readIdentifier } from "../groups/group.ts";
import { shownGroup } from "../groups/shape.ts";
import { pageOf, requestedPage } from "../page.ts";

const mostGroups = 50;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export const describeLogGroups = operation(DescribeLogGroupsCommand)({
  access: (_found, _input, call) => listAccess(call),
  async run(_found, input, { store }: Logs, call) {
    const { logGroupNamePrefix: prefix, logGroupNamePattern: infix, limit = mostGroups, logGroupIdentifiers } = input;
    if (prefix !== undefined && infix !== undefined) {
      throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    if (input.includeLinkedAccounts || input.accountIdentifiers) throw unsupported("Monitoring of other accounts");
    const names = logGroupIdentifiers?.flatMap((identifier) => {
      const named = readIdentifier(call, identifier);
      return named?.account === call.account ? [named.name] : [];
    });
    const after = requestedPage(input.nextToken)?.[0];
    const groups = await store.groups.list(call, {
      ...{ prefix, infix, names, class: input.logGroupClass, limit: limit + 1 },
      ...defined({ after: after === undefined ? undefined : String(after) }),
    });
    const { shown, next } = pageOf(groups, limit, ({ name }) => [name]);
    const ids = shown.map(({ id }) => id);
    const [sizes, filters] = [await store.batches.sizes(ids), await store.metricFilters.counts(ids)];
    return {
      logGroups: shown.map((group) =>
        shownGroup(call, group, { size: sizes.get(group.id) ?? 0, metricFilters: filters.get(group.id) ?? 0 }),
      ),
      ...next,
    };
  },
});
