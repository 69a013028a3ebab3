import type { Database } from "../../src/storage/database.ts";
import { openPostgres } from "../../src/storage/postgres.ts";
import { openSqlite } from "../../src/storage/sqlite.ts";

/** A kind of database that stores are tested on. `open` makes an empty one. */
export interface TestDatabase {
  readonly name: "sqlite" | "postgres";
  open(): Promise<Database>;
}

/**
 * SQLite, and PostgreSQL if SEALIFT_TEST_POSTGRES names a server on which tests may make and drop databases
 * (`postgres://user@host:port/postgres`).
 */
export function databases(): readonly TestDatabase[] {
  const sqlite: TestDatabase = { name: "sqlite", open: () => openSqlite(":memory:") };
  const isThere = process.env.SEALIFT_TEST_POSTGRES !== undefined;
  return isThere ? [sqlite, { name: "postgres", open: openEmptyPostgres }] : [sqlite];
}

/** An empty database on the PostgreSQL server that SEALIFT_TEST_POSTGRES names; disposing drops it. */
export async function emptyPostgres(): Promise<AsyncDisposable & { readonly url: string }> {
  const server = process.env.SEALIFT_TEST_POSTGRES;
  if (server === undefined) throw new Error("SEALIFT_TEST_POSTGRES names no server");
  const { default: pg } = await import("pg");
  const name = `sealift_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await administrate(pg, server, `create database ${name}`);
  return {
    url: Object.assign(new URL(server), { pathname: `/${name}` }).href,
    [Symbol.asyncDispose]: () => administrate(pg, server, `drop database ${name} with (force)`),
  };
}

async function openEmptyPostgres(): Promise<Database> {
  const empty = await emptyPostgres();
  const database = await openPostgres(empty.url);
  return {
    kind: database.kind,
    db: database.db,
    transaction: (work) => database.transaction(work),
    append: (additions) => database.append(additions),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await empty[Symbol.asyncDispose]();
    },
  };
}

async function administrate(pg: Pick<typeof import("pg"), "Client">, url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
