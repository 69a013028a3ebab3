import type { Compilable, CompiledQuery, Kysely } from "kysely";
import type { Tables } from "./migrations/index.ts";

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
 * reads that most requests do. `build` may use its parameters as values in the query only, and not look at them.
 */
export function prepared<Parameters extends object, Row>(
  build: (db: Kysely<Tables>, parameters: Parameters) => Compilable<Row>,
): (db: Kysely<Tables>, parameters: Parameters) => Promise<Row[]> {
  const compiled = new WeakMap<Kysely<Tables>, CompiledQuery<Row>>();
  return async (db, parameters) => {
    let query = compiled.get(db);
    if (!query) {
      query = build(db, placeholders as Parameters).compile();
      compiled.set(db, query);
    }
    const values = query.parameters.map((value) =>
      value instanceof Placeholder ? parameters[value.name as keyof Parameters] : value,
    );
    return (await db.executeQuery<Row>({ ...query, parameters: values })).rows;
  };
}
