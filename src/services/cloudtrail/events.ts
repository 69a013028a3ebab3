import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Ids } from "../../ids.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/migrations/index.ts";
import { eventDocument, eventSource, type Resource, type ServiceEvent, type StoredEvent } from "./event.ts";

/** Milliseconds for which events are kept, as AWS's event history does. */
export const retention = 90 * 24 * 60 * 60 * 1000;

/** Which events are looked up; `undefined` members do not narrow. */
export interface Search {
  readonly account: string;
  readonly region: string;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly source: string | undefined;
  readonly resourceName: string | undefined;
  readonly resourceType: string | undefined;
  /** Only events that come behind this one. */
  readonly after: Position | undefined;
  readonly limit: number;
}

/** Where an event stands in the order of the answers: newest first. */
export interface Position {
  readonly time: number;
  readonly id: string;
}

/** Events as services record them. */
export interface Events {
  /** Keeps an event; within a transaction of the caller's, where `db` is given. */
  record(event: ServiceEvent, db?: Kysely<Tables>): Promise<void>;
  /** Newest first. */
  find(search: Search): Promise<StoredEvent[]>;
  /** Removes what is older than the retention. */
  purge(): Promise<void>;
}

/** Events read at a time while looking for those of one resource. */
const batch = 500;

export function eventStore(database: Database, clock: Clock, ids: Ids): Events {
  return {
    async record(event, db = database.db) {
      const id = ids.uuid();
      await db
        .insertInto("cloudtrail_events")
        .values({
          event_id: id,
          account: event.account,
          region: event.region,
          time: event.time.getTime(),
          source: eventSource(event.service),
          name: event.name,
          resources: JSON.stringify(event.resources.map(({ type, name }) => [type, name])),
          event: Buffer.from(eventDocument(event, id)),
        })
        .execute();
    },

    async find(search) {
      const { resourceName, resourceType, limit } = search;
      const found: StoredEvent[] = [];
      for (let after = search.after; ; ) {
        const rows = await rowsOf(database.db, { ...search, after }, clock.now().getTime() - retention);
        for (const row of rows) {
          const isWanted =
            (resourceName === undefined || row.resources.some(({ name }) => name === resourceName)) &&
            (resourceType === undefined || row.resources.some(({ type }) => type === resourceType));
          if (isWanted) found.push(row);
          if (found.length === limit) return found;
        }
        const last = rows.at(-1);
        if (!last || rows.length < batch) return found;
        after = { time: last.time.getTime(), id: last.id };
      }
    },

    async purge() {
      await database.db
        .deleteFrom("cloudtrail_events")
        .where("time", "<", clock.now().getTime() - retention)
        .execute();
    },
  };
}

async function rowsOf(db: Kysely<Tables>, search: Search, oldest: number): Promise<StoredEvent[]> {
  const { from, to, id, name, source, after } = search;
  const rows = await db
    .selectFrom("cloudtrail_events")
    .select(["event_id", "time", "source", "name", "resources", "event"])
    .where("account", "=", search.account)
    .where("region", "=", search.region)
    .where("time", ">=", Math.max(from?.getTime() ?? 0, oldest))
    .$if(to !== undefined, (query) => query.where("time", "<=", to!.getTime()))
    .$if(id !== undefined, (query) => query.where("event_id", "=", id!))
    .$if(name !== undefined, (query) => query.where("name", "=", name!))
    .$if(source !== undefined, (query) => query.where("source", "=", source!))
    .$if(after !== undefined, (query) =>
      query.where((where) =>
        where.or([
          where("time", "<", after!.time),
          where.and([where("time", "=", after!.time), where("event_id", ">", after!.id)]),
        ]),
      ),
    )
    .orderBy("time", "desc")
    .orderBy("event_id")
    .limit(batch)
    .execute();
  return rows.map((row) => ({
    id: row.event_id,
    time: new Date(row.time),
    source: row.source,
    name: row.name,
    resources: (JSON.parse(row.resources) as [string, string][]).map(([type, name]): Resource => ({ type, name })),
    document: Buffer.from(row.event).toString(),
  }));
}
