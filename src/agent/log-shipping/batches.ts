import type { Regex } from "../../regex/regex.ts";
import type { LogLine } from "../../runtime/logs.ts";
import { eventMaker, type LinePosition, positions, type ShippedEvent } from "./events.ts";

/** Events of one PutLogEvents. */
export interface Batch {
  /** In the order of their time. */
  readonly events: readonly ShippedEvent[];
  /** The last line of which there is anything in them. */
  readonly to: LinePosition;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const [mostEvents, mostBytes, perEvent, longest] = [10_000, 1_048_576, 26, 24 * 60 * 60 * 1000];

/** Puts the lines behind `after` into batches. The same lines always make the same batch. */
export function batches(first: Regex | undefined, after: LinePosition | undefined) {
  const maker = eventMaker(first);
  const positionOf = positions(after);
  let events: ShippedEvent[] = [];
  let bytes = 0;
  let last: LinePosition | undefined;
  /** Where the events may be divided: all lines up to there are in so many of them. */
  let border: { readonly count: number; readonly to: LinePosition } | undefined;

  function take(count: number, to: LinePosition): Batch {
    const taken = events.slice(0, count).sort((one, other) => one.timestamp - other.timestamp);
    events = events.slice(count);
    bytes = events.reduce((sum, event) => sum + sizeOf(event), 0);
    border = undefined;
    return { events: taken, to };
  }

  function isFull(): boolean {
    if (events.length > mostEvents || bytes > mostBytes) return true;
    const [one, other] = [events[0], events.at(-1)];
    return one !== undefined && other !== undefined && Math.abs(other.timestamp - one.timestamp) > longest;
  }

  return {
    /** True if something is to be sent. */
    get isWaiting(): boolean {
      return events.length + maker.waiting > 0;
    },
    /** The last line that was taken in; `undefined` if there was none. */
    get last(): LinePosition | undefined {
      return last;
    },
    /** Takes a line in, and gives back what has to be sent before it. */
    push(line: LogLine): Batch | undefined {
      const position = positionOf(line);
      if (!position) return undefined;
      const before = last;
      last = position;
      for (const event of maker.push(line)) {
        events.push(event);
        bytes += sizeOf(event);
      }
      const full = isFull() && border ? take(border.count, border.to) : undefined;
      if (maker.waiting === 0) border = { count: events.length, to: position };
      else if (maker.waiting === 1 && before) border = { count: events.length, to: before };
      return full;
    },
    /** All that is there, as if nothing came after it. */
    flush(): Batch | undefined {
      for (const event of maker.flush()) events.push(event);
      return last && take(events.length, last);
    },
  };
}

function sizeOf({ message }: ShippedEvent): number {
  return Buffer.byteLength(message) + perEvent;
}
