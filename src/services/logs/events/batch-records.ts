import { sql } from "kysely";
import { groupCommit } from "../../../concurrency/group-commit.ts";
import type { Database } from "../../../storage/database.ts";

/** A batch without its events. */
export interface BatchSummary {
  readonly id: string;
  readonly groupId: string;
  readonly streamId: string;
  readonly keyId: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly ingestedAt: number;
  readonly events: number;
  readonly size: number;
}

export interface Batch extends BatchSummary {
  readonly data: Uint8Array;
}

export interface NewBatch extends Batch {
  /** Of the call that brings it; a second batch of the same is the first one again. */
  readonly invocation: string | undefined;
}

/** Events in a range of time: of a group, or of some of its streams. */
export interface Range {
  readonly groupId: string;
  readonly streamIds: readonly string[] | undefined;
  /** Milliseconds; both are part of the range. */
  readonly from: number;
  readonly to: number;
}

/** Where a list of batches goes on: behind this one. */
export type BatchPosition = readonly [time: number, id: string];

const columns = [
  "batch_id",
  "group_id",
  "stream_id",
  "key_id",
  "first_at",
  "last_at",
  "ingested_at",
  "events",
  "size",
] as const;

/** Small batches of a stream that are under one key. */
export type Fragmented = Pick<BatchSummary, "groupId" | "streamId" | "keyId">;

/** Batches that are worth merging, in the words of their index: SQLite takes it for the same words only, not with a parameter. */
const isSmall = sql<boolean>`size < 262144`;

/** Rows that are deleted in one statement. */
const atOnce = 100;

export type BatchRecords = ReturnType<typeof batchRecords>;

/** All SQL of events. */
export function batchRecords({ db, append, transaction }: Pick<Database, "db" | "append" | "transaction">) {
  const add = groupCommit<NewBatch>((batches) =>
    append([
      {
        ...{ table: "logs_batches", columns: [...columns, "invocation", "data"] },
        rows: batches.map(({ data, invocation, ...batch }) => [...summaryRow(batch), invocation ?? null, data]),
        onConflict: { key: ["stream_id", "invocation"], action: "nothing" },
      },
    ]),
  );
  return {
    /** Resolves when the batch is on the disk, or was before. Batches that come at the same time are written together. */
    add,

    /** Batches with events in the range, by their first event, or by their last one where the newest come first. */
    async list(range: Range, newestFirst: boolean, after: BatchPosition | undefined, limit: number) {
      const order = newestFirst ? "last_at" : "first_at";
      const direction = newestFirst ? "desc" : "asc";
      const beyond = newestFirst ? "<" : ">";
      let query = db
        .selectFrom("logs_batches")
        .select(columns)
        .where("group_id", "=", range.groupId)
        .where("last_at", ">=", range.from)
        .where("first_at", "<=", range.to);
      if (range.streamIds) query = query.where("stream_id", "in", range.streamIds);
      if (after) {
        const [time, id] = after;
        // By itself, so that the index is read from there on.
        query = query
          .where(order, newestFirst ? "<=" : ">=", time)
          .where((where) =>
            where.or([where(order, beyond, time), where.and([where(order, "=", time), where("batch_id", beyond, id)])]),
          );
      }
      const rows = await query.orderBy(order, direction).orderBy("batch_id", direction).limit(limit).execute();
      return rows.map(toSummary);
    },

    /** `undefined` once it was merged into another, or deleted. */
    async data(id: string): Promise<Uint8Array | undefined> {
      const query = db.selectFrom("logs_batches").select("data").where("batch_id", "=", id);
      return (await query.executeTakeFirst())?.data;
    },

    /** Batches that came at or after a time, in the order in which they came. */
    async since(groupIds: readonly string[], time: number, limit: number): Promise<BatchSummary[]> {
      const rows = await db
        .selectFrom("logs_batches")
        .select(columns)
        .where("group_id", "in", groupIds)
        .where("ingested_at", ">=", time)
        .orderBy("ingested_at")
        .orderBy("batch_id")
        .limit(limit)
        .execute();
      return rows.map(toSummary);
    },

    /** Bytes of each group's events, as AWS counts them. */
    async sizes(groupIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (groupIds.length === 0) return new Map();
      const rows = await db
        .selectFrom("logs_batches")
        .select((select) => ["group_id", select.fn.sum("size").as("size")])
        .where("group_id", "in", groupIds)
        .groupBy("group_id")
        .execute();
      return new Map(rows.map(({ group_id, size }) => [group_id, Number(size)]));
    },

    /** Puts one batch in the place of several, if all of them are still there. */
    replace(ids: readonly string[], batch: Batch): Promise<boolean> {
      return transaction(async (open) => {
        const there = await open.selectFrom("logs_batches").select("batch_id").where("batch_id", "in", ids).execute();
        if (there.length < ids.length) return false;
        await open.deleteFrom("logs_batches").where("batch_id", "in", ids).execute();
        const values = [...summaryRow(batch), batch.data];
        const row = Object.fromEntries([...columns, "data" as const].map((name, index) => [name, values[index]]));
        await open
          .insertInto("logs_batches")
          .values(row as never)
          .execute();
        return true;
      });
    },

    /** Streams that have several small batches that came before a time, each with the key of these. */
    async fragmented(before: number, after: Fragmented | undefined, limit: number): Promise<Fragmented[]> {
      let query = db
        .selectFrom("logs_batches")
        .select(["group_id", "stream_id", "key_id"])
        .where(isSmall)
        .where("ingested_at", "<", before);
      if (after) {
        const { streamId, keyId } = after;
        query = query
          .where("stream_id", ">=", streamId)
          .where((where) => where.or([where("stream_id", ">", streamId), where("key_id", ">", keyId)]));
      }
      const rows = await query
        .groupBy(["stream_id", "key_id", "group_id"])
        .having((having) => having.fn.countAll(), ">=", 8)
        .orderBy("stream_id")
        .orderBy("key_id")
        .limit(limit)
        .execute();
      return rows.map(({ group_id, stream_id, key_id }) => ({
        groupId: group_id,
        streamId: stream_id,
        keyId: key_id,
      }));
    },

    /** Small batches of a stream, the oldest first. */
    async small(streamId: string, keyId: string, before: number, limit: number): Promise<BatchSummary[]> {
      const rows = await db
        .selectFrom("logs_batches")
        .select(columns)
        .where(isSmall)
        .where("stream_id", "=", streamId)
        .where("key_id", "=", keyId)
        .where("ingested_at", "<", before)
        .orderBy("first_at")
        .orderBy("batch_id")
        .limit(limit)
        .execute();
      return rows.map(toSummary);
    },

    /** Deletes batches of a group whose events are all older than `expiry`. */
    deleteExpired: (groupId: string, expiry: number): Promise<void> =>
      deleteAll(() =>
        db
          .selectFrom("logs_batches")
          .select("batch_id")
          .where("group_id", "=", groupId)
          .where("last_at", "<", expiry)
          .limit(atOnce)
          .execute(),
      ),

    /** Deletes what is left of deleted streams. */
    async deleteUnowned(): Promise<void> {
      await deleteAll(() =>
        db
          .selectFrom("logs_batches as batch")
          .select("batch.batch_id")
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom("logs_streams as stream")
                  .select("stream.stream_id")
                  .whereRef("stream.stream_id", "=", "batch.stream_id"),
              ),
            ),
          )
          .limit(atOnce)
          .execute(),
      );
      await db
        .deleteFrom("logs_keys")
        .where("group_id", "not in", db.selectFrom("logs_groups").select("group_id"))
        .where("group_id", "not in", db.selectFrom("logs_batches").select("group_id"))
        .execute();
    },
  };

  /** Some at a time: others wait for each statement. */
  async function deleteAll(next: () => Promise<readonly { readonly batch_id: string }[]>): Promise<void> {
    for (;;) {
      const ids = (await next()).map(({ batch_id }) => batch_id);
      if (ids.length === 0) return;
      await db.deleteFrom("logs_batches").where("batch_id", "in", ids).execute();
    }
  }
}

function summaryRow(batch: BatchSummary): (string | number)[] {
  return [
    ...[batch.id, batch.groupId, batch.streamId, batch.keyId],
    ...[batch.firstAt, batch.lastAt, batch.ingestedAt, batch.events, batch.size],
  ];
}

function toSummary(row: { readonly [Name in (typeof columns)[number]]: string | number }): BatchSummary {
  return {
    ...{ id: String(row.batch_id), groupId: String(row.group_id), streamId: String(row.stream_id) },
    ...{ keyId: String(row.key_id), firstAt: Number(row.first_at), lastAt: Number(row.last_at) },
    ...{ ingestedAt: Number(row.ingested_at), events: Number(row.events), size: Number(row.size) },
  };
}
