import { ListLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { unsupported } from "../errors.ts";
import { listAccess } from "../groups/access.ts";
import { type Group, groupArn } from "../groups/group.ts";
import { pageOf, requestedPage } from "../page.ts";

const usual = 50;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html */
export const listLogGroups = operation(ListLogGroupsCommand)({
  access: (_found, _input, call) => listAccess(call),
  async run(_found, input, { store }: Logs, call) {
    if (input.includeLinkedAccounts || input.accountIdentifiers) throw unsupported("Monitoring of other accounts");
    if (input.dataSources || input.fieldIndexNames) throw unsupported("A list by data sources or field indexes");
    if (input.logGroupTags) throw unsupported("A list by tags");
    const { limit = usual } = input;
    const isNamed = nameTest(input.logGroupNamePattern);
    let after = requestedPage(input.nextToken)?.[0];
    const found: Group[] = [];
    // One more than is shown tells whether there is a next page.
    while (found.length <= limit) {
      const batch = await store.groups.list(call, {
        ...{ class: input.logGroupClass, limit: limit + 1 },
        ...defined({ after: after === undefined ? undefined : String(after) }),
      });
      found.push(...batch.filter(({ name }) => isNamed(name)));
      if (batch.length <= limit) break;
      after = batch.at(-1)?.name;
    }
    const { shown, next } = pageOf(found, limit, ({ name }) => [name]);
    return {
      logGroups: shown.map((group) => ({
        logGroupName: group.name,
        logGroupArn: groupArn(call, group.name),
        logGroupClass: group.class,
      })),
      ...next,
    };
  },
});

/** Alternatives between `|`; with `^` names that begin so, without it names that have it, in whatever case. */
function nameTest(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const tests = pattern.split("|").map((part) => {
    if (part.startsWith("^")) return (name: string) => name.startsWith(part.slice(1));
    return (name: string) => name.toLowerCase().includes(part.toLowerCase());
  });
  return (name) => tests.some((test) => test(name));
}
