import type { Kysely } from "kysely";
import { DEFAULT_MIGRATION_TABLE, Migrator } from "kysely/migration";
import { firstMigration, migrations } from "./migrations/index.ts";
import type { Tables } from "./schema/index.ts";

/**
 * The database: SQLite or PostgreSQL behind Kysely. It is untrusted: everything secret is sealed before it gets here.
 * Stores are written once, in the SQL that both share.
 */
export interface Database extends AsyncDisposable {
  readonly kind: "sqlite" | "postgres";
  /** For reads, and for writes of one statement. */
  readonly db: Kysely<Tables>;
  /**
   * Runs `work` as if nothing else ran at the same time. All of it is stored or nothing. It may run more than once, so it
   * must have no other effect. When this resolves, the writes survive a crash of the process and of the machine.
   */
  transaction<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /**
   * Adds rows, all of them or none, to tables that no prepared query reads, many times as fast as `transaction`. When this
   * resolves they survive a crash of the process and of the machine; they may be seen before.
   */
  append(additions: readonly Addition[]): Promise<void>;
}

/** A database that another process may be writing to. */
export interface ReadOnlyDatabase extends AsyncDisposable {
  readonly db: Kysely<Tables>;
}

/** Rows to add to a table. */
export interface Addition {
  readonly table: keyof Tables;
  readonly columns: readonly string[];
  /** In the order of the columns. */
  readonly rows: readonly (readonly (string | number | Uint8Array | null)[])[];
  /** The action where a row of the same `key` is there: `update` sets all columns. Without it the addition fails. */
  readonly onConflict?: { readonly key: readonly string[]; readonly action: "nothing" | "update" };
}

/** The statement of an addition. `places` stand for the values of its rows. */
export function additionSql({ table, columns, onConflict }: Addition, places: string): string {
  const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");
  const insert = `insert into "${table}" (${quoted(columns)}) values ${places}`;
  if (!onConflict) return insert;
  const { key, action } = onConflict;
  const set = columns.filter((name) => !key.includes(name)).map((name) => `"${name}" = excluded."${name}"`);
  const what = action === "update" ? `update set ${set.join(", ")}` : "nothing";
  return `${insert} on conflict (${quoted(key)}) do ${what}`;
}

/** A database whose every statement is part of an open transaction: stores made over it write together. */
export function withinTransaction({ kind }: Pick<Database, "kind">, db: Kysely<Tables>): Database {
  const append = () => Promise.reject(new Error("Within a transaction nothing is appended"));
  return { kind, db, transaction: (work) => work(db), append, async [Symbol.asyncDispose]() {} };
}

/** Brings the schema up to date. The databases of a newer Sealift, and of those before the present schema, are refused. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const known = Object.keys(migrations).sort();
  // Most of the time there is nothing to do, and Kysely would look at every table several times to find that out.
  if ((await migrationsThatRan(db)).join() === known.join()) return;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (!error) return;
  const ran = await migrationsThatRan(db);
  const unknown = ran.filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length === 0) throw new Error("Cannot bring the database's schema up to date", { cause: error });
  const isOlder = !ran.includes(firstMigration);
  const reason = isOlder
    ? "an older Sealift made it, with a schema that this one does not read; start with a new database"
    : `a newer Sealift changed its schema (${unknown.join(", ")})`;
  throw new Error(`Cannot use the database: ${reason}`, { cause: error });
}

/** As `migrate`; where that fails, the connection does not stay open. */
export async function migrateOrClose(db: Kysely<Tables>): Promise<void> {
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Names of the migrations that ran; none where even this cannot be told. */
async function migrationsThatRan(db: Kysely<Tables>): Promise<readonly string[]> {
  const ran = db.withTables<{ [DEFAULT_MIGRATION_TABLE]: { name: string } }>().selectFrom(DEFAULT_MIGRATION_TABLE);
  try {
    return (await ran.select("name").orderBy("name").execute()).map(({ name }) => name);
  } catch {
    return [];
  }
}
