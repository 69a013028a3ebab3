import { GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { invalidNextToken, invalidParameter } from "../errors.ts";
import { perEvent } from "../events/accept.ts";
import type { LogEvent } from "../events/block.ts";
import { eventId, type Position, readEventId } from "../events/event-id.ts";
import { messageFor } from "../events/masking.ts";
import { readEvents } from "../events/read.ts";
import { readAccess, streamAccess } from "../groups/access.ts";
import { findStream, theStream } from "../groups/find.ts";
import { expiry } from "../groups/group.ts";
import { underKmsKey } from "../groups/kms-key.ts";

/** Events and bytes of one answer. */
const [mostEvents, mostBytes] = [10_000, 1024 * 1024];

const beginning: Position = { timestamp: 0, batch: "00000000-0000-0000-0000-000000000000", index: 0 };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const getLogEvents = operation(GetLogEventsCommand)({
  find: (input, call, context: Logs) => findStream(context, call, input),
  access: (found, input, call) => readAccess(streamAccess(call, found), input.unmask),
  async run(found, input, { store }, call) {
    const { group, stream } = theStream(found);
    const { startTime = 0, endTime, startFromHead = false, limit = mostEvents } = input;
    if (endTime !== undefined && endTime < startTime) throw invalidParameter("endTime must not be before startTime.");
    const token = input.nextToken === undefined ? undefined : readToken(input.nextToken);
    const newestFirst = token ? token.direction === "b" : !startFromHead;
    const events: LogEvent[] = [];
    let bytes = 0;
    await underKmsKey({ ...call, account: group.account }, group.name, () =>
      readEvents(store, group, {
        range: {
          ...{ groupId: group.id, streamIds: [stream.id] },
          from: Math.max(startTime, expiry(group, call.time.getTime())),
          to: endTime === undefined ? Number.MAX_SAFE_INTEGER : endTime - 1,
        },
        newestFirst,
        after: token?.position,
        take(event) {
          bytes += Buffer.byteLength(event.message) + perEvent;
          if (events.length > 0 && bytes > mostBytes) return false;
          return events.push(event) < limit;
        },
      }),
    );
    if (newestFirst) events.reverse();
    // At an end the same token comes again, and tells clients that there is no more. The other one leads back over what was read.
    const here = token?.position ?? beginning;
    const [ahead, back] = token?.direction === "b" ? [before(here), here] : [here, token ? behind(here) : here];
    return {
      events: events.map((event) => ({
        timestamp: event.timestamp,
        message: messageFor(call, event),
        ingestionTime: event.ingestedAt,
      })),
      nextForwardToken: `f/${eventId(events.at(-1) ?? ahead)}/s`,
      nextBackwardToken: `b/${eventId(events[0] ?? back)}/s`,
    };
  },
});

/** Between this position and the ones before it, in which reading backwards has found nothing. */
function before({ timestamp }: Position): Position {
  return { ...beginning, timestamp };
}

/** Between this position and the next. */
function behind({ timestamp, batch, index }: Position): Position {
  return { timestamp, batch, index: index + 1 };
}

function readToken(text: string): { readonly direction: string; readonly position: Position } {
  const [, direction = "", id = ""] = /^([fb])\/(\d{56})\/s$/.exec(text) ?? [];
  const position = readEventId(id);
  if (!position) throw invalidNextToken();
  return { direction, position };
}
