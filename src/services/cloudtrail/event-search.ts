import { setImmediate } from "node:timers/promises";
import { timedUuidPrefix, timeOfUuid } from "../../ids.ts";
import type { Database } from "../../storage/database.ts";
import type { Resource, StoredEvent } from "./event.ts";
import { type Attribute, termOf } from "./event-row.ts";
import { resourceNames } from "./resource.ts";

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

/** Events read at a time, and seconds. */
const batch = 200;
/** Events that are looked through at a time for a resource's name: others are served in between. */
const looked = 2_000;

type Row = Awaited<ReturnType<ReturnType<typeof rowsBetween>["execute"]>>[number];

/** Events, newest first. */
export async function findEvents(database: Database, search: Search): Promise<StoredEvent[]> {
  const { attribute, limit } = search;
  const first = timedUuidPrefix(search.from.getTime());
  // Exclusive: where the next millisecond begins, or the event that was shown last.
  const ends = [search.to && timedUuidPrefix(search.to.getTime() + 1), search.after].filter((end) => end !== undefined);
  const end = ends.sort()[0];
  if (attribute?.kind === "id") {
    const row = await rowsBetween(database, search, first, end).where("event_id", "=", attribute.value).execute();
    return row.map(storedEvent);
  }
  if (!attribute) return (await rowsBetween(database, search, first, end).limit(limit).execute()).map(storedEvent);
  if (attribute.kind === "resource") return findByResource(database, search, first, end);
  const found: StoredEvent[] = [];
  for await (const second of secondsOf(database, search, termOf(attribute.kind, attribute.value), end)) {
    const from = max(first, timedUuidPrefix(second * 1000));
    const to = timedUuidPrefix((second + 1) * 1000);
    let until = end !== undefined && end < to ? end : to;
    for (;;) {
      let query = rowsBetween(database, search, from, until);
      if (attribute.kind === "name") query = query.where("name", "=", attribute.value);
      if (attribute.kind === "source") query = query.where("source", "=", attribute.value);
      if (attribute.kind === "username") query = query.where("username", "=", attribute.value);
      if (attribute.kind === "key") query = query.where("access_key_id", "=", attribute.value);
      if (attribute.kind === "read-only") query = query.where("read_only", "=", attribute.value === "true" ? 1 : 0);
      if (attribute.kind === "type") query = query.where("resources", "like", partOfJson(attribute.value));
      const rows = await query.limit(batch).execute();
      for (const row of rows) {
        const event = storedEvent(row);
        if (isOfResource(event, search)) found.push(event);
        if (found.length === limit) return found;
      }
      if (rows.length < batch) break;
      until = rows.at(-1)!.event_id;
    }
  }
  return found;
}

/** Looks through all events: there is no index of their resources. */
async function findByResource(
  database: Database,
  search: Search,
  first: string,
  end: string | undefined,
): Promise<StoredEvent[]> {
  const { attribute, limit } = search;
  const part = partOfJson(attribute!.value);
  const found: StoredEvent[] = [];
  for (let until = end; ; ) {
    const ids = rowsBetween(database, search, first, until)
      .clearSelect()
      .select("event_id")
      .limit(1)
      .offset(looked - 1);
    const from = (await ids.executeTakeFirst())?.event_id;
    const rows = await rowsBetween(database, search, from ?? first, until)
      .where("resources", "like", part)
      .execute();
    for (const row of rows) {
      const event = storedEvent(row);
      if (isOfResource(event, search)) found.push(event);
      if (found.length === limit) return found;
    }
    if (from === undefined) return found;
    until = from;
    await setImmediate();
  }
}

/** The seconds in which there are events with the term, newest first. */
async function* secondsOf(database: Database, search: Search, term: string, end: string | undefined) {
  let before = end === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(timeOfUuid(end) / 1000) + 1;
  for (;;) {
    const rows = await database.db
      .selectFrom("cloudtrail_terms")
      .select("second")
      .where("account", "=", search.account)
      .where("region", "=", search.region)
      .where("term", "=", term)
      .where("second", "<", before)
      .where("second", ">=", Math.floor(search.from.getTime() / 1000))
      .orderBy("second", "desc")
      .limit(batch)
      .execute();
    for (const { second } of rows) yield second;
    if (rows.length < batch) return;
    before = rows.at(-1)!.second;
  }
}

function rowsBetween(database: Database, { account, region }: Search, first: string, end: string | undefined) {
  return database.db
    .selectFrom("cloudtrail_events")
    .select(["event_id", "source", "name", "username", "access_key_id", "read_only", "resources", "event"])
    .where("account", "=", account)
    .where("region", "=", region)
    .where("event_id", ">=", first)
    .$if(end !== undefined, (query) => query.where("event_id", "<", end!))
    .orderBy("event_id", "desc");
}

function isOfResource({ resources }: StoredEvent, { attribute }: Search): boolean {
  if (attribute?.kind === "type") return resources.some(({ type }) => type === attribute.value);
  if (attribute?.kind !== "resource") return true;
  return resources.some(({ name }) => resourceNames(name).includes(attribute.value));
}

export function storedEvent(row: Row): StoredEvent {
  return {
    id: row.event_id,
    time: new Date(Math.floor(timeOfUuid(row.event_id) / 1000) * 1000),
    source: row.source,
    name: row.name,
    username: row.username ?? undefined,
    accessKeyId: row.access_key_id ?? undefined,
    readOnly: row.read_only === 1,
    resources: (JSON.parse(row.resources) as [string, string][]).map(([type, name]): Resource => ({ type, name })),
    document: Buffer.from(row.event).toString(),
  };
}

/** What JSON is like that holds the text; more than that is compared afterwards. */
function partOfJson(text: string): string {
  return likePart(JSON.stringify(text).slice(1, -1));
}

/** The pattern of what holds this part, or one that differs in wildcards only. */
export function likePart(json: string): string {
  return `%${json.replace(/[%_\\]/g, "_")}%`;
}

function max(left: string, right: string): string {
  return left > right ? left : right;
}
