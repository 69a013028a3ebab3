import type { Api } from "../../../api/client.ts";
import { isNotFound } from "../../../api/error.ts";
import { inTime } from "../../../parts/log-text.ts";
import type { LogPlace, LogSource } from "./log-places.ts";

export interface LogLine extends LogSource {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
}

export interface FollowOptions {
  readonly places: readonly LogPlace[];
  /** Milliseconds since 1970. */
  readonly since: number;
  /** A filter pattern of CloudWatch Logs; empty for all. */
  readonly pattern: string;
}

/** Lines that are kept: older ones go. */
export const mostLines = 1_000;

/** Milliseconds by which lines may come later than lines of a later time. */
const late = 10_000;

/** Pages that one look reads of a group; the next look goes on. */
const mostPages = 20;

/** Reads what containers print: each `look` answers all lines that are kept, the oldest first. Secret values are masked. */
export function follower(api: Api, { places, since, pattern }: FollowOptions) {
  const from = new Map(places.map((place) => [place, since]));
  let lines: readonly LogLine[] = [];

  async function read(place: LogPlace, signal: AbortSignal): Promise<readonly LogLine[]> {
    const start = from.get(place) ?? since;
    const found: LogLine[] = [];
    let newest = start;
    let nextToken: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const { events = [], nextToken: next } = await api.call(
        "logs",
        "FilterLogEvents",
        {
          logGroupName: place.group,
          startTime: start,
          ...(place.prefix !== "" && { logStreamNamePrefix: place.prefix }),
          ...(pattern !== "" && { filterPattern: pattern }),
          ...(nextToken !== undefined && { nextToken }),
        },
        { signal, headers: { "x-sealift-masking": "on" } },
      );
      for (const { eventId = "", timestamp = 0, message = "", logStreamName = "" } of events) {
        newest = Math.max(newest, timestamp);
        const source = place.streams[logStreamName];
        if (source) found.push({ id: eventId, at: timestamp, message: message.replace(/\r?\n$/, ""), ...source });
      }
      nextToken = next;
      if (nextToken === undefined) break;
    }
    from.set(place, nextToken === undefined ? Math.max(since, newest - late) : newest);
    return found;
  }

  return {
    async look(signal: AbortSignal): Promise<readonly LogLine[]> {
      const reads = await Promise.allSettled(
        places.map((place) =>
          read(place, signal).catch((error: unknown) => {
            // A log group is made with its first line.
            if (isNotFound(error)) return [];
            throw error;
          }),
        ),
      );
      const known = new Set(lines.map(({ id }) => id));
      // What a group gave is kept where another one fails: it is not read again.
      const found = reads.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
      const added = found.filter(({ id }) => !known.has(id));
      if (added.length > 0) lines = [...lines, ...added].sort(inTime).slice(-mostLines);
      for (const one of reads) if (one.status === "rejected") throw one.reason;
      return lines;
    },
    /** The lines that are kept, for who was told of a failure. */
    kept: () => lines,
  };
}
