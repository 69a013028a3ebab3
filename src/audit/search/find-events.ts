import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import { timedUuidPrefix, timeOfUuid } from "../../ids.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { linesOf, slotOf } from "../chain/batch.ts";
import type { StoredEvent } from "../event/event.ts";
import { resourceNames } from "../event/resource.ts";
import { type Attribute, storable, storedEvent, termOf } from "./terms.ts";

/** The events that a search asks for. */
export interface Search {
  readonly account: string;
  readonly region: string;
  readonly from: Date;
  readonly to: Date | undefined;
  readonly attribute: { readonly kind: Attribute | "id" | "resource"; readonly value: string } | undefined;
  /** Only events after the one with this id, in the order of the result. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** A span of time in milliseconds, without `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Rows read at a time. A batch has up to 128 KiB and one more event. */
const batch = 100;
const seconds = 200;

/** Events, newest first. */
export async function findEvents(db: Kysely<Tables>, { attribute, ...rest }: Search): Promise<StoredEvent[]> {
  // Terms and texts are compared as columns hold them.
  const search = { ...rest, attribute: attribute && { ...attribute, value: storable(attribute.value) } };
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

/** The spans of time that may have such events, newest first. */
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

/** The seconds that have events with the term, newest first. */
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
    const last = rows.at(-1);
    if (!last || rows.length < seconds) return;
    before = last.second;
  }
}

/** The events of each slot as JSON, newest slot first. Other requests are served in between. */
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
    // The next page may begin with more of this slot.
    if (rows.length === batch) bySlot.set(oldest, await rowsIn(oldest, oldest).execute());
    for (const inSlot of bySlot.values()) yield inSlot.flatMap(({ events }) => linesOf(events));
    if (rows.length < batch) return;
    last = oldest - 1;
    await setImmediate();
  }
}

function matcher({ attribute, from, to, after }: Search): (event: StoredEvent) => boolean {
  const first = timedUuidPrefix(from.getTime());
  // Exclusive: the beginning of the next millisecond, or the event that was shown last.
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

/** A text that the JSON of a matching event must contain: searching for it costs less than parsing. */
function knownText({ attribute }: Search): string | undefined {
  if (attribute === undefined) return undefined;
  const { kind, value } = attribute;
  // Events call a root user "Root", and they contain the characters that `storable` replaces.
  if (kind === "read-only" || (kind === "username" && value === "root") || value.includes("\u{fffd}")) return undefined;
  return JSON.stringify(value).slice(1, -1);
}
