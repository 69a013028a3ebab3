import type { Compilable, CompiledQuery, Kysely } from "kysely";
import type { Tables } from "./schema/index.ts";

/** Reads past Kysely, of a database that only this process writes to. */
export interface Reader {
  /** True while no transaction is open: then a read need not wait. */
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

/** From now on, prepared queries of `db` outside of transactions use `reader`. */
export function useReader(db: Kysely<Tables>, reader: Reader): void {
  readers.set(db, reader);
}

/** From now on, the server of `db` prepares prepared queries outside of transactions too. */
export function useNamedQuery(db: Kysely<Tables>, query: NamedQuery): void {
  namedQueries.set(db, query);
}

/** A parameter's place in a compiled query. */
class Placeholder {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/** The parameters that a query is built with: each property is the placeholder of its name. */
const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(name) });

/** How many queries have been prepared. */
let queries = 0;

/** Results kept of each query. */
const mostKept = 1000;

interface Compiled<Row, Result> {
  readonly query: CompiledQuery<Row>;
  /** Results by parameters, as they were after `writes` writes. */
  readonly kept: Map<string, Result>;
  writes: number;
}

/**
 * A query that most requests make. It is built and compiled once for each database, because that takes several times as long
 * as SQLite needs to run it. Where only this process writes, a result is kept until anything is written. So `read` must depend
 * on the rows only, and nobody may change what it returns. `build` uses each parameter as a value in the query and must not
 * look at it. Results that need not be waited for are no promise, which every read of a secret would pay for several times.
 */
export function prepared<Parameters extends object, Row, Result>(
  build: (db: Kysely<Tables>, parameters: Parameters) => Compilable<Row>,
  read: (rows: readonly Row[]) => Result,
): (db: Kysely<Tables>, parameters: Parameters) => Result | Promise<Result> {
  const known = new WeakMap<Kysely<Tables>, Compiled<Row, Result>>();
  const name = `sealift_${++queries}`;
  return (db, given) => {
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
    if (named) return named(name, query.sql, parameters).then((rows) => read(rows as Row[]));
    return db.executeQuery<Row>({ ...query, parameters }).then(({ rows }) => read(rows));
  };
}

function compile<Row>(built: Compilable<Row>): CompiledQuery<Row> {
  const query = built.compile();
  // Spreading the parameters loses them.
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
  const known = kept.get(key);
  if (known !== undefined || kept.has(key)) return known as Result;
  const result = read(reader.all(query.sql, parameters) as Row[]);
  kept.set(key, result);
  return result;
}
