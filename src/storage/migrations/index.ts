import type { Migration } from "kysely/migration";
import { up } from "./001-schema.ts";

/** Every database that can be used had it run first. */
export const firstMigration = "001-schema";

/** Each runs once, in the order of their names. A migration that was released is never changed: a new one follows it. */
export const migrations: Readonly<Record<string, Migration>> = {
  [firstMigration]: { up },
};
