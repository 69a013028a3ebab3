import { setTimeout } from "node:timers/promises";
import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool } from "kysely";
import type { PoolConfig } from "pg";
import { keyedMutex } from "../concurrency/keyed-mutex.ts";
import { type Addition, additionSql, type Database, migrateOrClose, type ReadOnlyDatabase } from "./database.ts";
import { type PipelineClient, postgresPipeline } from "./postgres-pipeline.ts";
import { useNamedQuery } from "./prepared.ts";
import type { Tables } from "./schema/index.ts";

/** Milliseconds to wait for a connection: a server that does not answer is reported. */
const connectionTimeout = 10_000;

/** Milliseconds before a transaction in conflict is run again. */
const longestPause = 100;

/** How often a transaction runs again after PostgreSQL found it in conflict with another. */
const retries = 40;

/** A statement has at most so many: the protocol counts them in 16 bits. */
const mostParameters = 65_535;

/** Connections to one database. */
export interface PostgresConnections {
  readonly pool: PostgresPool;
  openClient(): Promise<PipelineClient>;
}

/** Connects to the PostgreSQL database at `url` (`postgres://user:password@host/database`). */
export async function openPostgres(url: string): Promise<Database> {
  return openPostgresOn(await connectionsTo(url));
}

/** As `openPostgres`, on connections that it ends when it is disposed of. */
export async function openPostgresOn({ pool, openClient }: PostgresConnections): Promise<Database> {
  const db = kyselyOn(pool);
  await migrateOrClose(db);
  const pipeline = postgresPipeline(openClient);
  useNamedQuery(db, async (name, text, parameters) => {
    const query = { text, values: [...parameters] };
    try {
      return await pipeline.query({ name, ...query });
    } catch (error) {
      if (!isOutdated(error)) throw error;
      return pipeline.query(query);
    }
  });
  const turn = keyedMutex();
  // One at a time in a process: PostgreSQL also finds transactions in conflict that only touch the same page of an index, and
  // running them again takes several times as long as waiting. Appended rows wait too: meanwhile more of them come together.
  const exclusively = <T>(work: () => Promise<T>) => turn("all", () => untilNoConflict(work));
  const transaction: Database["transaction"] = (work) =>
    exclusively(() => db.transaction().setIsolationLevel("serializable").execute(work));

  return {
    kind: "postgres",
    db,
    transaction,
    async append(additions) {
      const inserts = additions.flatMap((addition) => [...insertsOf(addition)]);
      const together = oneStatement(inserts);
      // Not in the pipeline, where reads would wait for the disk.
      if (together) await exclusively(() => db.executeQuery(together));
      else {
        await transaction(async (open) => {
          for (const insert of inserts) await open.executeQuery(insert);
        });
      }
    },
    async [Symbol.asyncDispose]() {
      await pipeline[Symbol.asyncDispose]();
      await db.destroy();
    },
  };
}

/** Connects for reading only. The schema stays as it is. */
export async function readPostgres(url: string): Promise<ReadOnlyDatabase> {
  const db = kyselyOn((await connectionsTo(url)).pool);
  return { db, [Symbol.asyncDispose]: () => db.destroy() };
}

function kyselyOn(pool: PostgresPool): Kysely<Tables> {
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

/** Nothing is connected before it is used. */
export async function connectionsTo(url: string, more: PoolConfig = {}) {
  const { default: pg } = await import("pg");
  const types = new pg.TypeOverrides();
  // Our numbers stay below 2^53.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const config = { connectionString: url, types, connectionTimeoutMillis: connectionTimeout };
  const pool = new pg.Pool({ ...config, max: 10, ...more });
  // A lost idle connection is replaced at the next query.
  pool.on("error", () => {});
  return {
    pool,
    async openClient() {
      const client = new pg.Client({ ...config, pipeline: true });
      await client.connect();
      return client;
    },
  };
}

/** Inserts that each have as many rows as their parameters allow. */
function* insertsOf(addition: Addition): Generator<CompiledQuery> {
  const { columns, rows } = addition;
  const most = Math.floor(mostParameters / columns.length);
  for (let from = 0; from < rows.length; from += most) {
    const some = rows.slice(from, from + most);
    const places = some.map(
      (_, row) => `(${columns.map((_name, at) => `$${row * columns.length + at + 1}`).join(", ")})`,
    );
    yield CompiledQuery.raw(additionSql(addition, places.join(", ")), some.flat());
  }
}

/** The inserts as one statement, all or none in one round trip; `undefined` where they have too many parameters. */
function oneStatement(inserts: readonly CompiledQuery[]): CompiledQuery | undefined {
  const values = inserts.flatMap(({ parameters }) => parameters);
  if (values.length > mostParameters) return undefined;
  let before = 0;
  const parts = inserts.map(({ sql, parameters }, index) => {
    const from = before;
    before += parameters.length;
    return `"insert_${index}" as (${sql.replace(/\$(\d+)/g, (_, place) => `$${from + Number(place)}`)})`;
  });
  return CompiledQuery.raw(`with ${parts.join(", ")} select`, values);
}

/** Runs `work` again for as long as PostgreSQL finds it in conflict with another transaction. */
async function untilNoConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= retries || !isConflict(error)) throw error;
      // Those in conflict come back at different moments.
      await setTimeout(Math.random() * Math.min(2 ** attempt, longestPause));
    }
  }
}

/** Tells that a newer Sealift changed columns that this one's prepared statement reads. */
function isOutdated(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === "0A000" && message?.includes("cached plan") === true;
}

/** Serialization failure, deadlock, or a unique index that two transactions both passed the check for. */
function isConflict(error: unknown): boolean {
  return ["40001", "40P01", "23505"].includes((error as { code?: string }).code ?? "");
}

/** Tells PostgreSQL's refusal of text with NUL in it, which none of its columns can hold. */
export function isUnstorable(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === "22021";
}
