import type { Events } from "../../../audit/index.ts";
import type { Database } from "../../../storage/database.ts";
import { parameterReads } from "./reads.ts";
import { parameterWrites } from "./writes.ts";

export type Parameters = ReturnType<typeof parameterStore>;

/** All SQL of Parameter Store. `events` is told of parameters that are found to have expired. */
export function parameterStore(database: Database, events: Events) {
  return { ...parameterReads(database.db), ...parameterWrites(database, events) };
}
