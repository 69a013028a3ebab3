import type { Compilable, CompiledQuery, Kysely } from "kysely";
import type { Tables } from "./schema/index.ts";

/** Reads of a database that only this process writes to, past Kysely. */
export interface Reader {
  /** Whether no transaction is open, so that a read need not wait. */
  isFree(): boolean;
  /** Grows with every statement that may write, and with the end of every transaction. */
  writes(): number;
  /** The rows; only while free. */
  all(sql: string, parameters: readonly unknown[]): unknown[];
}

/** Runs a query as a prepared statement of the server's; `name` is the query's own. */
export type NamedQuery = (name: string, sql: string, parameters: readonly unknown[]) => Promise<unknown[]>;

const readers = new WeakMap<Kysely<Tables>, Reader>();
const namedQueries = new WeakMap<Kysely<Tables>, NamedQuery>();

/** Has prepared queries of `db`, outside of transactions, use `reader`. */
export function useReader(db: Kysely<Tables>, reader: Reader): void {
  readers.set(db, reader);
}

/** Has prepared queries of `db`, outside of transactions, be prepared by its server too. */
export function useNamedQuery(db: Kysely<Tables>, query: NamedQuery): void {
  namedQueries.set(db, query);
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

/** How many queries have been prepared. */
let queries = 0;

/** Results kept of each query. */
const mostKept = 1000;

interface Compiled<Row, Result> {
  readonly query: CompiledQuery<Row>;
  /** By parameters, as of `writes`. */
  readonly kept: Map<string, Result>;
  writes: number;
}

/**
 * A query for what most requests read. It is built and compiled once for each database, which costs several times what
 * SQLite needs to run it; and where only this process writes, a result is kept until the next write of anything. So
 * `read` must not depend on anything but the rows, and nobody may change what it returns. `build` may use each parameter
 * as a value in the query, and not look at it.
 */
export function prepared<Parameters extends object, Row, Result>(
  build: (db: Kysely<Tables>, parameters: Parameters) => Compilable<Row>,
  read: (rows: readonly Row[]) => Result,
): (db: Kysely<Tables>, parameters: Parameters) => Promise<Result> {
  const known = new WeakMap<Kysely<Tables>, Compiled<Row, Result>>();
  const name = `sealift_${++queries}`;
  return async (db, given) => {
    let compiled = known.get(db);
    if (!compiled) {
      compiled = { query: compile(build(db, placeholders as Parameters)), kept: new Map(), writes: 0 };
      known.set(db, compiled);
    }
    const { query } = compiled;
    const parameters = query.parameters.map((value) =>
      value instanceof Placeholder ? given[value.name as keyof Parameters] : value,
    );
    const reader = readers.get(db);
    if (reader?.isFree()) return readOrKept(reader, compiled, parameters, read);
    const named = namedQueries.get(db);
    if (named) return read((await named(name, query.sql, parameters)) as Row[]);
    return read((await db.executeQuery<Row>({ ...query, parameters })).rows);
  };
}

function compile<Row>(built: Compilable<Row>): CompiledQuery<Row> {
  const query = built.compile();
  // As `...parameters` would give.
  if (query.parameters.includes(undefined)) throw new Error(`A prepared query lacks a parameter: ${query.sql}`);
  return query;
}

function readOrKept<Row, Result>(
  reader: Reader,
  compiled: Compiled<Row, Result>,
  parameters: readonly unknown[],
  read: (rows: readonly Row[]) => Result,
): Result {
  const { query, kept } = compiled;
  if (compiled.writes !== reader.writes() || kept.size >= mostKept) kept.clear();
  compiled.writes = reader.writes();
  const key = JSON.stringify(parameters);
  if (!kept.has(key)) kept.set(key, read(reader.all(query.sql, parameters) as Row[]));
  return kept.get(key)!;
}
