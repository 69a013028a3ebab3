import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Database } from "../../src/storage/database.ts";
import { openPostgresOn } from "../../src/storage/postgres.ts";
import { openSqlite } from "../../src/storage/sqlite.ts";
import { takePostgresCopy } from "./postgres-copies.ts";
import { administrate, urlOf } from "./postgres-server.ts";

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
  const sqlite: TestDatabase = { name: "sqlite", open: openEmptySqlite };
  const isThere = process.env.SEALIFT_TEST_POSTGRES !== undefined;
  return isThere ? [sqlite, { name: "postgres", open: openEmptyPostgres }] : [sqlite];
}

let image: Promise<Uint8Array> | undefined;

/** An empty database in memory. To copy the schema takes a tenth of the time to make it. */
export async function openEmptySqlite(): Promise<Database> {
  image ??= makeImage();
  return openSqlite(":memory:", await image);
}

async function makeImage(): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "sealift-schema-"));
  const path = join(folder, "sealift.db");
  await (await openSqlite(path))[Symbol.asyncDispose]();
  const file = new DatabaseSync(path);
  // A database in memory has no write-ahead log.
  file.exec("pragma journal_mode = delete");
  const bytes = file.serialize();
  file.close();
  rmSync(folder, { recursive: true });
  return bytes;
}

/** An empty database on the PostgreSQL server that SEALIFT_TEST_POSTGRES names, without the schema; disposing drops it. */
export async function emptyPostgres(): Promise<AsyncDisposable & { readonly url: string }> {
  const name = `sealift_test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await administrate([`create database ${name}`]);
  return {
    url: urlOf(name),
    [Symbol.asyncDispose]: () => administrate([`drop database ${name} with (force)`]),
  };
}

async function openEmptyPostgres(): Promise<Database> {
  const copy = await takePostgresCopy();
  const database = await openPostgresOn(copy.lend());
  return {
    kind: database.kind,
    db: database.db,
    transaction: (work) => database.transaction(work),
    append: (additions) => database.append(additions),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await copy[Symbol.asyncDispose]();
    },
  };
}
