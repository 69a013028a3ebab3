import { defined } from "../../../defined.ts";
import type { Span } from "../../../masking/index.ts";
import { invalidParameter } from "../errors.ts";
import { day } from "../groups/group.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
export const perEvent = 26;
const largest = 1_048_576;
const most = 10_000;
const hour = 60 * 60 * 1000;
const oldest = 14 * day;
const newest = 2 * hour;

export interface InputEvent {
  readonly timestamp: number;
  readonly message: string;
  /** As in `LogEvent`. */
  readonly spans?: readonly Span[];
}

/** Which events of a request are not taken. */
export interface Rejected {
  readonly tooOldLogEventEndIndex?: number;
  readonly tooNewLogEventStartIndex?: number;
  readonly expiredLogEventEndIndex?: number;
}

export interface Accepted {
  readonly events: readonly InputEvent[];
  readonly rejected: Rejected | undefined;
}

/**
 * Refuses a request that is wrong as a whole, and leaves out its events that are too old, too new or expired. `expiry`: events
 * before it are older than the group keeps them.
 */
export function acceptEvents(events: readonly InputEvent[], now: number, expiry: number): Accepted {
  if (events.length > most) {
    throw invalidParameter(
      `1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
    );
  }
  const size = sizeOf(events);
  if (size > largest) throw invalidParameter(`Upload too large: ${size} bytes exceeds limit of ${largest}`);
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? 0))) {
    throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
  }
  if ((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0) > day) {
    throw invalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
  const countBefore = (time: number) => {
    const index = events.findIndex(({ timestamp }) => timestamp >= time);
    return index < 0 ? events.length : index;
  };
  const tooOld = countBefore(now - oldest);
  const expired = countBefore(Math.max(expiry, 0));
  const firstTooNew = events.findIndex(({ timestamp }) => timestamp > now + newest);
  const rejected = defined({
    tooOldLogEventEndIndex: tooOld === 0 ? undefined : tooOld,
    expiredLogEventEndIndex: expired === 0 ? undefined : expired,
    tooNewLogEventStartIndex: firstTooNew < 0 ? undefined : firstTooNew,
  });
  return {
    events: events.slice(Math.max(tooOld, expired), firstTooNew < 0 ? undefined : firstTooNew),
    rejected: Object.keys(rejected).length === 0 ? undefined : rejected,
  };
}

/** Bytes of events as AWS counts them. */
function sizeOf(events: readonly InputEvent[]): number {
  let size = events.length * perEvent;
  for (const { message } of events) size += Buffer.byteLength(message);
  return size;
}
