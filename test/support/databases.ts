import { hash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

/**
 * An empty database on the PostgreSQL server that SEALIFT_TEST_POSTGRES names; disposing drops it. With a `template` it is a
 * copy of that one.
 */
export async function emptyPostgres(template = "template1"): Promise<AsyncDisposable & { readonly url: string }> {
  const server = serverUrl();
  const name = `sealift_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await administrate(server, [`create database ${name} template ${template}`]);
  return {
    url: urlOf(name),
    [Symbol.asyncDispose]: () => administrate(server, [`drop database ${name} with (force)`]),
  };
}

function serverUrl(): string {
  const server = process.env.SEALIFT_TEST_POSTGRES;
  if (server === undefined) throw new Error("SEALIFT_TEST_POSTGRES names no server");
  return server;
}

function urlOf(name: string): string {
  return Object.assign(new URL(serverUrl()), { pathname: `/${name}` }).href;
}

let template: Promise<string> | undefined;

/** A database that has the schema and nothing else: PostgreSQL copies it ten times as fast as it makes every table. */
async function makeTemplate(): Promise<string> {
  const folder = join(import.meta.dirname, "../../src/storage/migrations");
  const files = globSync("**/*.ts", { cwd: folder }).sort();
  const name = `sealift_template_${hash("sha256", files.map((file) => readFileSync(join(folder, file))).join("")).slice(0, 16)}`;
  // One process makes it, and all others wait.
  await administrate(serverUrl(), ["select pg_advisory_lock(5341417)"], async (query) => {
    if ((await query(`select from pg_database where datname = '${name}'`)).length > 0) return;
    await query(`drop database if exists ${name}_new with (force)`);
    await query(`create database ${name}_new`);
    const database = await openPostgres(urlOf(`${name}_new`));
    await database[Symbol.asyncDispose]();
    await query(`alter database ${name}_new rename to ${name}`);
  });
  return name;
}

async function openEmptyPostgres(): Promise<Database> {
  template ??= makeTemplate();
  const empty = await emptyPostgres(await template);
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

type Query = (statement: string) => Promise<readonly unknown[]>;

async function administrate(
  url: string,
  statements: readonly string[],
  work?: (query: Query) => Promise<void>,
): Promise<void> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const query: Query = async (statement) => (await client.query(statement)).rows;
  try {
    for (const statement of statements) await query(statement);
    await work?.(query);
  } finally {
    await client.end();
  }
}
