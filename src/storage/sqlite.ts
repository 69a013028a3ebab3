import { closeSync, openSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { Kysely, SqliteDialect, type SqliteStatement } from "kysely";
import { type Database, migrateOrClose } from "./database.ts";
import type { Tables } from "./migrations/index.ts";
import { useReader } from "./prepared.ts";

/** Compiled statements kept; a statement is its SQL text, of which the stores have some hundreds. */
const statementCacheSize = 500;

/** Opens the SQLite database at `path` (`:memory:` for none), making it (0600) where there is none. */
export async function openSqlite(path: string, lastMigration?: string): Promise<Database> {
  // SQLite's other files take their mode from this one.
  if (path !== ":memory:") closeSync(openSync(path, "a", 0o600));
  const file = new DatabaseSync(path);
  // FULL: a commit is on the disk before it is acknowledged.
  file.exec(
    "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 5000",
  );
  // Deleted secrets do not linger in free pages.
  file.exec("pragma secure_delete = on");
  const database = adapt(file);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  // Kysely runs SQLite's migrations without a transaction: one that was cut short could never be taken up again.
  file.exec("begin immediate");
  await migrateOrClose(db, lastMigration);
  file.exec("commit");
  useReader(db, {
    // There is one connection: what reads while a transaction is open would see what is not committed.
    isFree: () => !file.isTransaction,
    writes: database.writes,
    all: (sql, parameters) => database.prepare(sql).all(parameters) as unknown[],
  });
  return {
    kind: "sqlite",
    db,
    transaction: (work) => db.transaction().execute(work),
    async [Symbol.asyncDispose]() {
      await db.destroy();
    },
  };
}

/** `node:sqlite` in the form that Kysely's SQLite dialect asks for. */
function adapt(file: DatabaseSync) {
  const statements = new Map<string, SqliteStatement>();
  let writes = 0;
  const onWrite = () => writes++;
  return {
    /** Statements run that are no `select`; "begin" and "commit" are among them. */
    writes: () => writes,
    close: () => file.close(),
    prepare(sql: string): SqliteStatement {
      const known = statements.get(sql);
      if (known) return known;
      const made = adaptStatement(file.prepare(sql), sql.startsWith("select ") ? () => {} : onWrite);
      if (statements.size >= statementCacheSize) statements.delete(statements.keys().next().value!);
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
