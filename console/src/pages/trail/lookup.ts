import type { Event, LookupAttributeKey } from "@aws-sdk/client-cloudtrail";
import type { Api, CallOptions } from "../../api/client.ts";
import type { Wire } from "../../api/wire.ts";

export interface Question {
  readonly key: LookupAttributeKey | undefined;
  /** Empty for events of every value. */
  readonly value: string;
  /** Seconds before now, `custom`, or `all`. */
  readonly since: string;
  /** Dates, `2026-11-30`, both included; empty for no bound. */
  readonly from: string;
  readonly until: string;
}

/** The newest events that fit. `hasMore` if there are older ones. */
export async function lookup(
  api: Api,
  { key, value, since, from, until }: Question,
  most: number,
  options: CallOptions,
): Promise<{ readonly events: readonly Wire<Event>[]; readonly hasMore: boolean }> {
  const start = since === "custom" ? startOf(from) : Number(since) ? Math.floor(Date.now() / 1_000) - Number(since) : 0;
  const end = since === "custom" ? startOf(until, 1) : 0;
  const events: Wire<Event>[] = [];
  let token: string | undefined;
  do {
    const answer = await api.call(
      "cloudtrail",
      "LookupEvents",
      {
        ...(key && value !== "" && { LookupAttributes: [{ AttributeKey: key, AttributeValue: value }] }),
        ...(start > 0 && { StartTime: start }),
        ...(end > 0 && { EndTime: end - 1 }),
        ...(token !== undefined && { NextToken: token }),
      },
      options,
    );
    events.push(...(answer.Events ?? []));
    token = answer.NextToken;
  } while (token !== undefined && events.length < most);
  return { events, hasMore: token !== undefined };
}

/** Seconds since 1970 at which a day begins, or one some days later, where the reader is; 0 for no day. */
function startOf(date: string, later = 0): number {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(year, month - 1, day + later).getTime() / 1_000 : 0;
}
