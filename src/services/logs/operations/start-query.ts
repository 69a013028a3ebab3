import { StartQueryCommand } from "@aws-sdk/client-cloudwatch-logs";
import type { Input } from "../../../model/operation.ts";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound, invalidParameter, limitExceeded, malformedQuery } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup } from "../groups/find.ts";
import { expiry, type Group } from "../groups/group.ts";
import { compileQuery, type Plan, type PlanOptions } from "../insights/language/compile.ts";
import { MalformedQuery } from "../insights/language/malformed.ts";
import { refuseLanguage } from "../insights/queries/language.ts";

/** AWS's quotas: groups of a query, and queries of an account that run at a time. */
const [mostGroups, mostQueries] = [50, 100];

/** Lines of the result, unless the request or the query says otherwise. */
const usualLimit = 10_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
export const startQuery = operation(StartQueryCommand)({
  find: (input, call, context: Logs) =>
    Promise.all(namesIn(input).map((logGroupIdentifier) => findGroup(context, call, { logGroupIdentifier }))),
  access: (found, _input, call) => found.map((one) => groupAccess(call, one)),
  async run(found, input, { store, ids, queries }, call) {
    refuseLanguage(input.queryLanguage);
    if (input.endTime < input.startTime) throw invalidParameter("endTime must not be before startTime.");
    const now = call.time.getTime();
    const plan = requestedPlan(input.queryString, {
      ...{ now, limit: input.limit ?? usualLimit, inOrder: found.length === 1 },
    });
    const groups = found.map(({ group }) => {
      if (!group) throw groupNotFound();
      return group;
    });
    // The end is a whole second.
    const [from, to] = [input.startTime * 1_000, input.endTime * 1_000 + 999];
    refuseExpired(groups, to, now);
    if ((await store.queries.countRunning(call, now - 60_000)) >= mostQueries) {
      throw limitExceeded(`Account maximum query concurrency limit of [${mostQueries}] reached.`);
    }
    const id = ids.uuid();
    const statistics = { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0, logGroupsScanned: groups.length };
    await store.queries.insert({
      ...{ id, account: call.account, region: call.region, status: "Scheduled", createdAt: now, touchedAt: now },
      ...{ statistics },
      body: {
        queryString: input.queryString,
        groups: groups.map(({ account, name }) => ({ account, name })),
        principal: call.principal.arn,
      },
    });
    queries.start({ id, plan, groups, from, to, now, statistics });
    return { queryId: id };
  },
});

function namesIn({ logGroupName, logGroupNames, logGroupIdentifiers }: Input<typeof StartQueryCommand>): string[] {
  const given = [logGroupName === undefined ? undefined : [logGroupName], logGroupNames, logGroupIdentifiers];
  const [names = [], ...others] = given.filter((one) => one !== undefined);
  if (others.length > 0 || names.length === 0) {
    throw invalidParameter("Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be specified.");
  }
  if (names.length > mostGroups) throw invalidParameter(`A query can have ${mostGroups} log groups at most.`);
  return [...new Set(names)];
}

function requestedPlan(queryString: string, options: PlanOptions): Plan {
  try {
    return compileQuery(queryString, options);
  } catch (error) {
    if (error instanceof MalformedQuery) throw malformedQuery(error.message, error);
    throw error;
  }
}

/** Events that have expired are out of reach, so that a query about nothing else is refused, as on AWS. */
function refuseExpired(groups: readonly Group[], to: number, now: number): void {
  if (groups.some((group) => to >= expiry(group, now))) return;
  throw malformedQuery(
    "Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings",
  );
}
