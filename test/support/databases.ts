import type { Database } from "../../src/storage/database.ts";
import { openPostgres } from "../../src/storage/postgres.ts";
import { openSqlite } from "../../src/storage/sqlite.ts";

/** A kind of database that stores are tested on; `open` gives an empty one. */
export interface TestDatabase {
  readonly name: "sqlite" | "postgres";
  open(): Promise<Database>;
}

/**
 * SQLite, and PostgreSQL where SEALIFT_TEST_POSTGRES names a server on which databases may be made and dropped
 * (`postgres://user@host:port/postgres`).
 */
export function databases(): readonly TestDatabase[] {
  const sqlite: TestDatabase = { name: "sqlite", open: () => openSqlite(":memory:") };
  const url = process.env.SEALIFT_TEST_POSTGRES;
  return url === undefined ? [sqlite] : [sqlite, { name: "postgres", open: () => openEmptyPostgres(url) }];
}

async function openEmptyPostgres(url: string): Promise<Database> {
  const { default: pg } = await import("pg");
  const name = `sealift_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await administrate(pg, url, `create database ${name}`);
  const database = await openPostgres(Object.assign(new URL(url), { pathname: `/${name}` }).href);
  return {
    kind: database.kind,
    db: database.db,
    transaction: (work) => database.transaction(work),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await administrate(pg, url, `drop database ${name} with (force)`);
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
