import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { QueryStatus } from "@aws-sdk/client-cloudwatch-logs";
import type { Selectable } from "kysely";
import type { Keyring } from "../../../../keyring/keyring.ts";
import type { Database } from "../../../../storage/database.ts";
import type { Tables } from "../../../../storage/schema/index.ts";
import type { SealedColumn } from "../../../../storage/sealed-column.ts";
import type { Scope } from "../../groups/group.ts";
import { openSealed } from "../../sealed.ts";
import type { Statistics } from "../statistics.ts";
import type { Query, QueryBody, ResultLine } from "./query.ts";

const columns = ["query_id", "account", "region", "status", "created_at", "touched_at", "statistics", "body"] as const;
const running = ["Scheduled", "Running"];

export const sealedQueryColumns: readonly SealedColumn[] = (["body", "results"] as const).map((column) => ({
  ...{ table: "logs_queries", column, key: ["query_id"] },
  purpose: ({ query_id }) => purposeOf(column, query_id),
}));

function purposeOf(column: "body" | "results", id: unknown): string {
  return `logs query ${column} ${id}`;
}

/** Queries that are listed at most. */
const most = 10_000;

/** All SQL of queries. What was asked and what was found is sealed. */
export function queryRecords({ db }: Pick<Database, "db">, keyring: Keyring) {
  function toQuery(row: Pick<Selectable<Tables["logs_queries"]>, (typeof columns)[number]>): Query {
    return {
      ...{ id: row.query_id, account: row.account, region: row.region, status: row.status as QueryStatus },
      ...{ createdAt: Number(row.created_at), touchedAt: Number(row.touched_at) },
      statistics: JSON.parse(row.statistics) as Statistics,
      body: JSON.parse(opened(row.body, "body", row.query_id).toString()) as QueryBody,
    };
  }

  function opened(sealed: Uint8Array, column: "body" | "results", id: string): Buffer {
    return openSealed(keyring, sealed, purposeOf(column, id));
  }

  return {
    async insert({ id, account, region, status, createdAt, touchedAt, statistics, body }: Query): Promise<void> {
      await db
        .insertInto("logs_queries")
        .values({
          ...{ query_id: id, account, region, status, created_at: createdAt, touched_at: touchedAt },
          statistics: JSON.stringify(statistics),
          body: keyring.seal(Buffer.from(JSON.stringify(body)), purposeOf("body", id)),
          results: null,
        })
        .execute();
    },

    async find({ account, region }: Scope, id: string): Promise<Query | undefined> {
      const row = await db
        .selectFrom("logs_queries")
        .select(columns)
        .where("query_id", "=", id)
        .where("account", "=", account)
        .where("region", "=", region)
        .executeTakeFirst();
      return row && toQuery(row);
    },

    async results(id: string): Promise<readonly ResultLine[]> {
      const row = await db.selectFrom("logs_queries").select("results").where("query_id", "=", id).executeTakeFirst();
      if (!row?.results) return [];
      return JSON.parse(zstdDecompressSync(opened(row.results, "results", id)).toString()) as ResultLine[];
    },

    /** The newest first. `after`: when the last one shown was made, and its id. */
    async list(
      { account, region }: Scope,
      after: readonly [createdAt: number, id: string] | undefined,
    ): Promise<Query[]> {
      let query = db
        .selectFrom("logs_queries")
        .select(columns)
        .where("account", "=", account)
        .where("region", "=", region);
      if (after) {
        const [time, id] = after;
        query = query.where((where) =>
          where.or([
            where("created_at", "<", time),
            where.and([where("created_at", "=", time), where("query_id", "<", id)]),
          ]),
        );
      }
      const rows = await query.orderBy("created_at", "desc").orderBy("query_id", "desc").limit(most).execute();
      return rows.map(toQuery);
    },

    /** How many of an account run, of those that were touched since a time. */
    async countRunning({ account, region }: Scope, since: number): Promise<number> {
      const { count } = await db
        .selectFrom("logs_queries")
        .select((select) => select.fn.countAll().as("count"))
        .where("account", "=", account)
        .where("region", "=", region)
        .where("status", "in", running)
        .where("touched_at", ">=", since)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    /** Tells how a query that runs comes on. False if it was stopped, or is gone. */
    async touch(id: string, status: QueryStatus, statistics: Statistics, time: number): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable("logs_queries")
        .set({ status, statistics: JSON.stringify(statistics), touched_at: time })
        .where("query_id", "=", id)
        .where("status", "in", running)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Ends a query. False if it had ended. */
    async end(
      id: string,
      status: QueryStatus,
      time: number,
      outcome?: { readonly statistics: Statistics; readonly lines: readonly ResultLine[] },
    ): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable("logs_queries")
        .set({
          ...{ status, touched_at: time },
          ...(outcome && {
            statistics: JSON.stringify(outcome.statistics),
            results: keyring.seal(
              zstdCompressSync(Buffer.from(JSON.stringify(outcome.lines))),
              purposeOf("results", id),
            ),
          }),
        })
        .where("query_id", "=", id)
        .where("status", "in", running)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async deleteBefore(time: number): Promise<void> {
      await db.deleteFrom("logs_queries").where("created_at", "<", time).execute();
    },
  };
}
