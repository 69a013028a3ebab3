import { StartLiveTailCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound, invalidParameter } from "../errors.ts";
import { requestedPattern } from "../filters/requested.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup } from "../groups/find.ts";
import { liveTail } from "../tail/live-tail.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html */
export const startLiveTail = operation(StartLiveTailCommand)({
  find: (input, call, context: Logs) =>
    Promise.all(
      input.logGroupIdentifiers.map((logGroupIdentifier) => findGroup(context, call, { logGroupIdentifier })),
    ),
  access: (found, _input, call) => found.map((one) => groupAccess(call, one)),
  async run(found, input, context, call) {
    const { logStreamNames: names, logStreamNamePrefixes: prefixes } = input;
    if (names?.length && prefixes?.length) {
      throw invalidParameter("Only one of logStreamNames and logStreamNamePrefixes can be specified.");
    }
    if ((names?.length || prefixes?.length) && found.length > 1) {
      throw invalidParameter("Log streams can be specified for one log group only.");
    }
    const filter = requestedPattern(input.logEventFilterPattern, { isLive: true });
    const groups = found.map(({ group }) => {
      if (!group) throw groupNotFound();
      return group;
    });
    const isWanted = (name: string) => {
      if (names?.length) return names.includes(name);
      return prefixes?.length ? prefixes.some((prefix) => name.startsWith(prefix)) : true;
    };
    const updates = liveTail(context, call, { groups, isWanted, filter });
    async function* responseStream() {
      const session = { requestId: call.requestId, sessionId: context.ids.uuid() };
      yield { sessionStart: { ...session, ...input } };
      yield* updates;
    }
    return { responseStream: responseStream() as never };
  },
});
