import type { Compilable, CompiledQuery, Kysely } from "kysely";
import type { Tables } from "./migrations/index.ts";

/** Runs a read at once, or gives `undefined` where it has to wait for its turn. */
export type ReadAtOnce = (sql: string, parameters: readonly unknown[]) => unknown[] | undefined;

const readers = new WeakMap<Kysely<Tables>, ReadAtOnce>();

/** Lets prepared queries of `db`, outside of transactions, go past Kysely, which takes as long as SQLite itself. */
export function readAtOnce(db: Kysely<Tables>, read: ReadAtOnce): void {
  readers.set(db, read);
}

/** Stands in a compiled query where a parameter's value goes. */
class Placeholder {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/** What a query is built with: each property is the placeholder of its name. */
const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(name) });

/**
 * A query that is built and compiled once for each database: that costs several times what SQLite needs to run it. For the
 * reads that most requests do. `build` may use each parameter as a value in the query, and not look at it.
 */
export function prepared<Parameters extends object, Row>(
  build: (db: Kysely<Tables>, parameters: Parameters) => Compilable<Row>,
): (db: Kysely<Tables>, parameters: Parameters) => Promise<Row[]> {
  const compiled = new WeakMap<Kysely<Tables>, CompiledQuery<Row>>();
  function compile(db: Kysely<Tables>): CompiledQuery<Row> {
    const query = build(db, placeholders as Parameters).compile();
    // As `...parameters` would give.
    if (query.parameters.includes(undefined)) throw new Error(`A prepared query lacks a parameter: ${query.sql}`);
    compiled.set(db, query);
    return query;
  }
  return async (db, given) => {
    const query = compiled.get(db) ?? compile(db);
    const parameters = query.parameters.map((value) =>
      value instanceof Placeholder ? given[value.name as keyof Parameters] : value,
    );
    const rows = readers.get(db)?.(query.sql, parameters);
    return (rows as Row[] | undefined) ?? (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
