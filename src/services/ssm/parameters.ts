import type { Database } from "../../storage/database.ts";
import { parameterReads } from "./parameter-reads.ts";
import { parameterWrites } from "./parameter-writes.ts";

export type Parameters = ReturnType<typeof parameterStore>;

/** All SQL of Parameter Store. */
export function parameterStore(database: Database) {
  return { ...parameterReads(database.db), ...parameterWrites(database) };
}
