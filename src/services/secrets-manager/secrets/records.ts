import type { Events } from "../../../audit/index.ts";
import type { Database } from "../../../storage/database.ts";
import { secretList } from "./list.ts";
import { secretReads } from "./reads.ts";
import { secretWrites } from "./writes.ts";

export type Secrets = ReturnType<typeof secretStore>;

/** All SQL of Secrets Manager. */
export function secretStore(database: Database, events: Events) {
  return { ...secretReads(database), ...secretWrites(database, events), ...secretList(database) };
}
