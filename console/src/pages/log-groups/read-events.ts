import type { Api } from "../../api/client.ts";
import { inTime } from "../../parts/log-text.ts";

export interface LogEvent {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
  readonly stream: string;
}

export interface EventsWanted {
  readonly group: string;
  /** All streams if not given. */
  readonly stream?: string | undefined;
  /** A filter pattern of CloudWatch Logs; empty for all. */
  readonly pattern: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** True to have secret values masked, and events hidden in which nobody has looked for any. */
  readonly isMasked: boolean;
}

export interface EventsRead {
  readonly events: readonly LogEvent[];
  /** True if there are later events that were not read yet. */
  readonly hasMore: boolean;
}

/** Events that are kept: older ones go. */
export const mostEvents = 500;

/** Milliseconds by which events may come later than events of a later time. */
const late = 10_000;

/** Pages that one look reads; the next look goes on. */
const mostPages = 20;

/** Reads a log group: each `look` goes on where the last ended, and answers the events that are kept, oldest first. */
export function reader(api: Api, { group, stream, pattern, since, isMasked }: EventsWanted) {
  let from = since;
  let token: string | undefined;
  let events: readonly LogEvent[] = [];
  return {
    async look(signal: AbortSignal): Promise<EventsRead> {
      const found = new Map(events.map((event) => [event.id, event]));
      let newest = events.at(-1)?.at ?? since;
      try {
        for (let page = 0; page < mostPages; page += 1) {
          const answer = await api.call(
            "logs",
            "FilterLogEvents",
            {
              logGroupName: group,
              ...(stream !== undefined && { logStreamNames: [stream] }),
              startTime: from,
              ...(pattern !== "" && { filterPattern: pattern }),
              ...(token !== undefined && { nextToken: token }),
            },
            { signal, ...(isMasked && { headers: { "x-sealift-masking": "on" } }) },
          );
          for (const { eventId: id = "", timestamp: at = 0, message = "", logStreamName = "" } of answer.events ?? []) {
            newest = Math.max(newest, at);
            if (!found.has(id))
              found.set(id, { id, at, message: message.replace(/\r?\n$/, ""), stream: logStreamName });
          }
          token = answer.nextToken;
          if (token === undefined) break;
        }
      } finally {
        // The token has passed the pages that were read, also where the next one fails.
        if (found.size > events.length) events = [...found.values()].sort(inTime).slice(-mostEvents);
      }
      // A token belongs to the time that it was given for.
      if (token === undefined) from = Math.max(since, newest - late);
      return { events, hasMore: token !== undefined };
    },
  };
}
