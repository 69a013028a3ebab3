import type { CompiledQuery, Kysely } from "kysely";
import type { Tables } from "../../storage/migrations/index.ts";

/** What the query is compiled with; each run puts its own in place. */
export const placeholder = "?";

/**
 * A query of one value, wherever it stands in it, that is compiled at first use only: building one costs several times
 * what SQLite needs to run it, and these run at every request.
 */
export function prepared<Row>(
  db: Kysely<Tables>,
  compile: () => CompiledQuery<Row>,
): (value: string) => Promise<Row[]> {
  let query: CompiledQuery<Row> | undefined;
  return async (value) => {
    query ??= compile();
    const parameters = query.parameters.map((given) => (given === placeholder ? value : given));
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
