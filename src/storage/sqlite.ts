import { closeSync, fdatasync, openSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { promisify } from "node:util";
import { Kysely, SqliteDialect, type SqliteStatement } from "kysely";
import { type Addition, additionSql, type Database, migrateOrClose, type ReadOnlyDatabase } from "./database.ts";
import { useReader } from "./prepared.ts";
import type { Tables } from "./schema/index.ts";

/** Compiled statements kept; a statement is its SQL text, of which the stores have some hundreds. */
const statementCacheSize = 500;

/**
 * Opens the SQLite database at `path`, or makes it (0600). `:memory:` keeps it in memory only; there it may begin as a copy of
 * `image`, which `DatabaseSync.serialize` gave.
 */
export async function openSqlite(path: string, image?: Uint8Array): Promise<Database> {
  // SQLite's other files take their mode from this one.
  if (path !== ":memory:") closeSync(openSync(path, "a", 0o600));
  const file = new DatabaseSync(path);
  if (image) file.deserialize(image);
  // FULL: a commit is on the disk before it is acknowledged.
  file.exec(
    "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 5000",
  );
  // Deleted secrets do not linger in free pages.
  file.exec("pragma secure_delete = on");
  // Pages: what is appended all the time changes the same ones again and again, and each is taken over once a checkpoint.
  file.exec("pragma wal_autocheckpoint = 4000");
  const database = adapt(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  // Kysely runs SQLite's migrations without a transaction: one that was cut short could never be taken up again.
  file.exec("begin immediate");
  await migrateOrClose(db);
  file.exec("commit");
  useReader(db, {
    // There is one connection: a read while a transaction is open would see what is not committed.
    isFree: () => !file.isTransaction,
    writes: database.writes,
    all: (sql, parameters) => database.prepare(sql).all(parameters) as unknown[],
  });
  const appender = path === ":memory:" ? undefined : walSync(`${path}-wal`);
  const add = adder(file);
  return {
    kind: "sqlite",
    db,
    transaction: (work) => db.transaction().execute(work),
    async append(additions) {
      // There is one connection: while a transaction is open, the rows would be part of it.
      if (file.isTransaction) await db.connection().execute(async () => add(additions));
      else add(additions);
      await appender?.sync();
    },
    async [Symbol.asyncDispose]() {
      await db.destroy();
      appender?.close();
    },
  };
}

/** Opens the database at `path` for reading only, beside the process that has it open. */
export function readSqlite(path: string): ReadOnlyDatabase {
  const file = new DatabaseSync(path, { readOnly: true });
  file.exec("pragma busy_timeout = 5000");
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(file) }) });
  return { db, [Symbol.asyncDispose]: () => db.destroy() };
}

/** Adds rows in a transaction that is committed but not yet on the disk. Results of reads that are kept stay as they are. */
function adder(file: DatabaseSync): (additions: readonly Addition[]) => void {
  const statements = new Map<string, StatementSync>();
  function statementOf(addition: Addition): StatementSync {
    const { table, columns, onConflict } = addition;
    // No name holds a blank.
    const name = [table, columns, onConflict?.action, onConflict?.key].join(" ");
    const known = statements.get(name);
    if (known) return known;
    const made = file.prepare(additionSql(addition, `(${columns.map(() => "?").join(", ")})`));
    statements.set(name, made);
    return made;
  }
  const begin = file.prepare("begin immediate");
  const commit = file.prepare("commit");
  return (additions) => {
    file.exec("pragma synchronous = normal");
    try {
      begin.run();
      for (const addition of additions) {
        const statement = statementOf(addition);
        for (const row of addition.rows) statement.run(...row);
      }
      commit.run();
    } catch (error) {
      if (file.isTransaction) file.exec("rollback");
      throw error;
    } finally {
      file.exec("pragma synchronous = full");
    }
  };
}

/**
 * Puts the write-ahead log on the disk, as a commit with `synchronous = full` does, but lets this process work meanwhile.
 * SQLite itself puts on the disk what a checkpoint has taken out of the log.
 */
function walSync(path: string) {
  const flush = promisify(fdatasync);
  let log: number | undefined;
  return {
    async sync(): Promise<void> {
      log ??= openSync(path, "r+");
      await flush(log);
    },
    close(): void {
      if (log !== undefined) closeSync(log);
    },
  };
}

/** `node:sqlite` in the form that Kysely's SQLite dialect needs. */
function adapt(file: DatabaseSync) {
  const statements = new Map<string, SqliteStatement>();
  let writes = 0;
  const onWrite = () => writes++;
  return {
    /** How many statements ran that are no `select`; "begin" and "commit" count. */
    writes: () => writes,
    close: () => file.close(),
    prepare(sql: string): SqliteStatement {
      const known = statements.get(sql);
      if (known) return known;
      const made = adaptStatement(file.prepare(sql), sql.startsWith("select ") ? () => {} : onWrite);
      const [oldest] = statements.keys();
      if (oldest !== undefined && statements.size >= statementCacheSize) statements.delete(oldest);
      statements.set(sql, made);
      return made;
    },
  };
}

function adaptStatement(statement: StatementSync, beforeRun: () => void): SqliteStatement {
  type Parameters = Parameters_<StatementSync["all"]>;
  return {
    reader: statement.columns().length > 0,
    all(parameters) {
      beforeRun();
      return statement.all(...(parameters as Parameters));
    },
    run(parameters) {
      beforeRun();
      return statement.run(...(parameters as Parameters));
    },
    iterate(parameters) {
      beforeRun();
      return statement.iterate(...(parameters as Parameters)) as IterableIterator<unknown>;
    },
  };
}

type Parameters_<F> = F extends (...parameters: infer P) => unknown ? Extract<P, readonly unknown[]> : never;
