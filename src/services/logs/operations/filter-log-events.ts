import { type FilteredLogEvent, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { invalidNextToken, invalidParameter, streamNotFound } from "../errors.ts";
import { perEvent } from "../events/accept.ts";
import type { LogEvent } from "../events/block.ts";
import { eventId, type Position, readEventId } from "../events/event-id.ts";
import { messageFor } from "../events/masking.ts";
import { readEvents } from "../events/read.ts";
import { requestedPattern } from "../filters/requested.ts";
import { groupAccess, readAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";
import { expiry } from "../groups/group.ts";
import { underKmsKey } from "../groups/kms-key.ts";
import { searchFor } from "../search/search.ts";

/** Events and bytes of one answer. */
const [mostEvents, mostBytes] = [10_000, 1024 * 1024];

/** Milliseconds and bytes of messages that one call searches; the next page goes on from there. */
const [longest, mostSearched] = [1_000, 256 * 1024 * 1024];

/**
 * Events come in the order of their time across all streams (`interleaved`, which AWS no longer looks at).
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export const filterLogEvents = operation(FilterLogEventsCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, input),
  access: (found, input, call) => readAccess(groupAccess(call, found), input.unmask),
  async run(found, input, { store, searcher }, call) {
    const { logStreamNames: names, logStreamNamePrefix: prefix, startTime = 0, endTime, limit = mostEvents } = input;
    if (names !== undefined && prefix !== undefined) {
      throw invalidParameter("Only one of logStreamNames and logStreamNamePrefix can be specified.");
    }
    if (endTime !== undefined && endTime < startTime) throw invalidParameter("endTime must not be before startTime.");
    const search = searchFor(searcher, requestedPattern(input.filterPattern), input.filterPattern ?? "");
    const after = input.nextToken === undefined ? undefined : readEventId(input.nextToken);
    if (input.nextToken !== undefined && !after) throw invalidNextToken();
    const group = theGroup(found);
    if (names !== undefined && names.length > 0) {
      const known = await store.streams.findAll(group.id, names);
      if (known.length < new Set(names).size) throw streamNotFound();
    }
    const streams = await store.streams.names(group.id, prefix);
    const wanted = names ? new Set(names) : undefined;
    const ids = [...streams].filter(([, name]) => wanted?.has(name) ?? true).map(([id]) => id);
    const events: FilteredLogEvent[] = [];
    const began = performance.now();
    let bytes = 0;
    let last: Position | undefined;
    const tired = await underKmsKey({ ...call, account: group.account }, group.name, () =>
      readEvents(store, group, {
        range: {
          groupId: group.id,
          streamIds: wanted || prefix !== undefined ? ids : undefined,
          from: Math.max(startTime, expiry(group, call.time.getTime()), after?.timestamp ?? 0),
          to: endTime ?? Number.MAX_SAFE_INTEGER,
        },
        newestFirst: false,
        after,
        ...defined({ search }),
        take(event, streamId) {
          const logStreamName = streams.get(streamId);
          // The stream was deleted, or made after its names were read.
          if (logStreamName === undefined) return true;
          bytes += Buffer.byteLength(event.message) + perEvent;
          if (events.length > 0 && bytes > mostBytes) return false;
          last = event;
          return events.push(shown(call, event, logStreamName)) < limit;
        },
        isTired: (examined) => examined > mostSearched || performance.now() - began > longest,
      }),
    );
    const isFull = events.length === limit || bytes > mostBytes;
    const next = isFull ? last : tired && { timestamp: tired.time, batch: nothing, index: 0 };
    // AWS no longer says which streams were searched.
    return { events, searchedLogStreams: [], ...(next && { nextToken: eventId(next) }) };
  },
});

/** Comes before every batch. */
const nothing = "00000000-0000-0000-0000-000000000000";

function shown(call: Pick<Call, "extensions">, event: LogEvent, logStreamName: string): FilteredLogEvent {
  const { timestamp, ingestedAt: ingestionTime } = event;
  return { logStreamName, timestamp, message: messageFor(call, event), ingestionTime, eventId: eventId(event) };
}
