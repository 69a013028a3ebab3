import { type Selectable, sql } from "kysely";
import type { Database } from "../../../storage/database.ts";
import { prepared } from "../../../storage/prepared.ts";
import type { Tables } from "../../../storage/schema/index.ts";

export interface Stream {
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
  readonly createdAt: number;
}

/** A stream with what is known of its events; without events the times are absent. */
export interface DescribedStream extends Stream {
  readonly firstEventAt: number | undefined;
  readonly lastEventAt: number | undefined;
  readonly lastIngestedAt: number | undefined;
}

const streamByName = prepared(
  (db, { groupId, name }: { readonly groupId: string; readonly name: string }) =>
    db.selectFrom("logs_streams").selectAll().where("group_id", "=", groupId).where("name", "=", name),
  ([row]) => (row ? toStream(row) : undefined),
);

/** Where a list of streams goes on. */
export interface StreamPosition {
  readonly name: string;
  /** Of the list by times; 0 where the stream has no events. */
  readonly lastEventAt: number;
}

export interface StreamFilter {
  readonly prefix?: string | undefined;
  readonly byTime: boolean;
  readonly descending: boolean;
  readonly after?: StreamPosition | undefined;
  readonly limit: number;
}

/** All SQL of streams. */
export function streamRecords({ db }: Pick<Database, "db">) {
  return {
    async find(groupId: string, name: string): Promise<Stream | undefined> {
      return streamByName(db, { groupId, name });
    },

    /** False if the name is taken. */
    async insert({ id, groupId, name, createdAt }: Stream): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("logs_streams")
        // The group may have been deleted meanwhile.
        .columns(["stream_id", "group_id", "name", "created_at"])
        .expression((expression) =>
          expression
            .selectFrom("logs_groups")
            .select([sql<string>`cast(${id} as text)`.as("stream_id"), "group_id"])
            .select([
              sql<string>`cast(${name} as text)`.as("name"),
              sql<number>`cast(${createdAt} as bigint)`.as("created_at"),
            ])
            .where("group_id", "=", groupId),
        )
        .onConflict((conflict) => conflict.columns(["group_id", "name"]).doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    /** Its events are out of reach with it, and are deleted later. False if it is gone. */
    async remove(id: string): Promise<boolean> {
      const { numDeletedRows } = await db.deleteFrom("logs_streams").where("stream_id", "=", id).executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /** Those of the names that the group has. */
    async findAll(groupId: string, names: readonly string[]): Promise<Stream[]> {
      const rows = await db
        .selectFrom("logs_streams")
        .selectAll()
        .where("group_id", "=", groupId)
        .where("name", "in", names)
        .execute();
      return rows.map(toStream);
    },

    /** Names by id, of streams whose name begins with `prefix`. */
    async names(groupId: string, prefix = ""): Promise<ReadonlyMap<string, string>> {
      const rows = await db
        .selectFrom("logs_streams")
        .select(["stream_id", "name"])
        .where("group_id", "=", groupId)
        .where(beginsWith("name", prefix))
        .execute();
      return new Map(rows.map(({ stream_id, name }) => [stream_id, name]));
    },

    /** The names of streams by their ids. */
    async namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom("logs_streams")
        .select(["stream_id", "name"])
        .where("stream_id", "in", ids)
        .execute();
      return new Map(rows.map(({ stream_id, name }) => [stream_id, name]));
    },

    /** By name or by the time of their last event. Events before `expiry` do not count. */
    async list(groupId: string, filter: StreamFilter, expiry: number): Promise<DescribedStream[]> {
      const { prefix = "", byTime, descending, after, limit } = filter;
      const direction = descending ? "desc" : "asc";
      const beyond = descending ? "<" : ">";
      const lastEventAt = sql<number>`(select max(last_at) from logs_batches as batch
        where batch.stream_id = stream.stream_id and last_at >= ${expiry})`;
      let query = db
        .selectFrom(
          db
            .selectFrom("logs_streams as stream")
            .select(["stream_id", "group_id", "name", "created_at"])
            .select(byTime ? sql<number>`coalesce(${lastEventAt}, 0)`.as("order_at") : sql<number>`0`.as("order_at"))
            .where("group_id", "=", groupId)
            .where(beginsWith("name", prefix))
            .as("listed"),
        )
        .selectAll();
      if (after !== undefined) {
        query = query.where((where) =>
          where.or([
            ...(byTime ? [where("order_at", beyond, after.lastEventAt)] : []),
            where.and([
              ...(byTime ? [where("order_at", "=", after.lastEventAt)] : []),
              where("name", beyond, after.name),
            ]),
          ]),
        );
      }
      if (byTime) query = query.orderBy("order_at", direction);
      const rows = await query.orderBy("name", direction).limit(limit).execute();
      const times = await this.times(
        rows.map(({ stream_id }) => stream_id),
        expiry,
      );
      return rows.map((row) => ({ ...toStream(row), ...(times.get(row.stream_id) ?? noTimes) }));
    },

    async times(ids: readonly string[], expiry: number) {
      if (ids.length === 0) return new Map<string, typeof noTimes>();
      const rows = await db
        .selectFrom("logs_batches")
        .select((select) => [
          "stream_id",
          select.fn.min("first_at").as("first"),
          select.fn.max("last_at").as("last"),
          select.fn.max("ingested_at").as("ingested"),
        ])
        .where("stream_id", "in", ids)
        .where("last_at", ">=", expiry)
        .groupBy("stream_id")
        .execute();
      return new Map<string, typeof noTimes>(
        rows.map(({ stream_id, first, last, ingested }) => [
          stream_id,
          {
            firstEventAt: Math.max(Number(first), expiry),
            lastEventAt: Number(last),
            lastIngestedAt: Number(ingested),
          },
        ]),
      );
    },
  };
}

const noTimes: Pick<DescribedStream, "firstEventAt" | "lastEventAt" | "lastIngestedAt"> = {
  firstEventAt: undefined,
  lastEventAt: undefined,
  lastIngestedAt: undefined,
};

/** Names may hold anything, so that a LIKE would need every `%` and `_` in them escaped. */
function beginsWith(column: string, prefix: string) {
  return sql<boolean>`substr(${sql.ref(column)}, 1, length(${prefix})) = ${prefix}`;
}

function toStream(
  row: Pick<Selectable<Tables["logs_streams"]>, "stream_id" | "group_id" | "name" | "created_at">,
): Stream {
  return { id: row.stream_id, groupId: row.group_id, name: row.name, createdAt: Number(row.created_at) };
}
