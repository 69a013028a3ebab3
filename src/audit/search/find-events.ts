import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import { timedUuidPrefix, timeOfUuid } from "../../ids.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { linesOf, slotOf } from "../chain/batch.ts";
import type { StoredEvent } from "../event/event.ts";
import { resourceNames } from "../event/resource.ts";
import { type Attribute, storable, storedEvent, termOf } from "./terms.ts";

/** Which events are looked up. */
export interface Search {
  readonly account: string;
  readonly region: string;
  readonly from: Date;
  readonly to: Date | undefined;
  readonly attribute: { readonly kind: Attribute | "id" | "resource"; readonly value: string } | undefined;
  /** Only events that come behind the one of this id. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** A stretch of time in milliseconds; `end` is not part of it. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Rows read at a time: batches, each of up to 128 KiB and a last event. */
const batch = 100;
const seconds = 200;

/** Events, newest first. */
export async function findEvents(db: Kysely<Tables>, search: Search): Promise<StoredEvent[]> {
  const { limit } = search;
  const isSought = matcher(search);
  const text = knownText(search);
  const found: StoredEvent[] = [];
  for await (const span of spansOf(db, search)) {
    for await (const lines of slotsWithin(db, search, span)) {
      const likely = text === undefined ? lines : lines.filter((line) => line.includes(text));
      const events = likely.map(storedEvent).filter(isSought);
      found.push(...events.sort((one, other) => (one.id < other.id ? 1 : -1)));
      if (found.length >= limit) return found.slice(0, limit);
    }
  }
  return found;
}

/** The times in which such events may be, newest first. */
async function* spansOf(db: Kysely<Tables>, search: Search): AsyncGenerator<Span> {
  const { from, to, after, attribute } = search;
  const start = from.getTime();
  const end = Math.min(to ? to.getTime() + 1 : Number.MAX_SAFE_INTEGER, after ? timeOfUuid(after) + 1 : Infinity);
  const between = (first: number, last: number) => ({ start: Math.max(start, first), end: Math.min(end, last) });
  if (attribute === undefined || attribute.kind === "resource") return yield { start, end };
  if (attribute.kind === "id") {
    const time = timeOfUuid(attribute.value);
    return yield between(time, time + 1);
  }
  for await (const second of secondsOf(db, search, termOf(attribute.kind, attribute.value), { start, end })) {
    yield between(second * 1000, (second + 1) * 1000);
  }
}

/** The seconds in which there are events with the term, newest first. */
async function* secondsOf(db: Kysely<Tables>, { account, region }: Search, term: string, { start, end }: Span) {
  for (let before = Math.ceil(end / 1000); ; ) {
    const rows = await db
      .selectFrom("cloudtrail_terms")
      .select("second")
      .where("account", "=", account)
      .where("region", "=", region)
      .where("term", "=", term)
      .where("second", "<", before)
      .where("second", ">=", Math.floor(start / 1000))
      .orderBy("second", "desc")
      .limit(seconds)
      .execute();
    for (const { second } of rows) yield second;
    if (rows.length < seconds) return;
    before = rows.at(-1)!.second;
  }
}

/** The events of one slot after the other, newest slot first, as JSON; others are served in between. */
async function* slotsWithin(db: Kysely<Tables>, { account, region }: Search, { start, end }: Span) {
  const rowsIn = (first: number, last: number) =>
    db
      .selectFrom("cloudtrail_batches")
      .select(["slot", "events"])
      .where("account", "=", account)
      .where("region", "=", region)
      .where("slot", ">=", first)
      .where("slot", "<=", last)
      .orderBy("slot", "desc");
  const first = slotOf(start);
  for (let last = slotOf(end - 1); last >= first; ) {
    const rows = await rowsIn(first, last).limit(batch).execute();
    const bySlot = Map.groupBy(rows, ({ slot }) => slot);
    const oldest = rows.at(-1)?.slot;
    if (oldest === undefined) return;
    // More of it may come behind.
    if (rows.length === batch) bySlot.set(oldest, await rowsIn(oldest, oldest).execute());
    for (const inSlot of bySlot.values()) yield inSlot.flatMap(({ events }) => linesOf(events));
    if (rows.length < batch) return;
    last = oldest - 1;
    await setImmediate();
  }
}

function matcher({ attribute, from, to, after }: Search): (event: StoredEvent) => boolean {
  const first = timedUuidPrefix(from.getTime());
  // Exclusive: where the next millisecond begins, or the event that was shown last.
  const ends = [to && timedUuidPrefix(to.getTime() + 1), after].filter((end) => end !== undefined);
  const isWithin = ({ id }: StoredEvent) => id >= first && ends.every((end) => id < end);
  if (attribute === undefined) return isWithin;
  const { kind, value } = attribute;
  const isValue = (text: string | undefined) => text !== undefined && storable(text) === value;
  const isSought: Readonly<Record<typeof kind, (event: StoredEvent) => boolean>> = {
    id: ({ id }) => id === value,
    name: ({ name }) => isValue(name),
    source: ({ source }) => isValue(source),
    username: ({ username }) => isValue(username),
    key: ({ accessKeyId }) => isValue(accessKeyId),
    "read-only": ({ readOnly }) => isValue(String(readOnly)),
    type: ({ resources }) => resources.some(({ type }) => isValue(type)),
    resource: ({ resources }) => resources.some(({ name }) => resourceNames(storable(name)).includes(value)),
  };
  return (event) => isWithin(event) && isSought[kind](event);
}

/** What the JSON of an event that is sought holds for certain: to look for it takes less than to parse. */
function knownText({ attribute }: Search): string | undefined {
  if (attribute === undefined) return undefined;
  const { kind, value } = attribute;
  // A root user is called "Root" in events, and what cannot be stored in columns is looked for by its replacement.
  if (kind === "read-only" || (kind === "username" && value === "root") || value.includes("\u{fffd}")) return undefined;
  return JSON.stringify(value).slice(1, -1);
}
