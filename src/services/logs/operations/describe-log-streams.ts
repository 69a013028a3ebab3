import { DescribeLogStreamsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { invalidNextToken, invalidParameter } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";
import { expiry, streamArn } from "../groups/group.ts";
import { pageOf, requestedPage } from "../page.ts";

const mostStreams = 50;

/**
 * `storedBytes` of a stream is always 0, as on AWS.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html
 */
export const describeLogStreams = operation(DescribeLogStreamsCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, input),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, input, { store }, call) {
    const { logStreamNamePrefix: prefix, descending = false, limit = mostStreams } = input;
    const byTime = input.orderBy === "LastEventTime";
    if (byTime && prefix !== undefined) {
      throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    const group = theGroup(found);
    const [name, lastEventAt] = requestedPage(input.nextToken) ?? [];
    if (lastEventAt !== undefined && typeof lastEventAt !== "number") throw invalidNextToken();
    const after = name === undefined ? undefined : { name: String(name), lastEventAt: lastEventAt ?? 0 };
    const since = expiry(group, call.time.getTime());
    const streams = await store.streams.list(group.id, { prefix, byTime, descending, after, limit: limit + 1 }, since);
    const { shown, next } = pageOf(streams, limit, (stream) => [stream.name, stream.lastEventAt ?? 0]);
    const place = { account: group.account, region: group.region, partition: call.partition };
    return {
      logStreams: shown.map((stream) => ({
        logStreamName: stream.name,
        creationTime: stream.createdAt,
        ...defined({
          firstEventTimestamp: stream.firstEventAt,
          lastEventTimestamp: stream.lastEventAt,
          lastIngestionTime: stream.lastIngestedAt,
        }),
        arn: streamArn(place, group.name, stream.name),
        storedBytes: 0,
      })),
      ...next,
    };
  },
});
