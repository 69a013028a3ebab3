import type { Events } from "../../audit/index.ts";
import type { Database } from "../../storage/database.ts";
import { activationRecords } from "./activations/records.ts";
import { parameterReads } from "./parameters/reads.ts";
import { versionReads } from "./parameters/version-reads.ts";
import { parameterWrites } from "./parameters/writes.ts";
import { settingRecords } from "./settings/records.ts";

export type SsmStore = ReturnType<typeof ssmStore>;

/** All SQL of Parameter Store. `events` gets those of expired parameters. */
export function ssmStore(database: Database, events: Events) {
  return {
    parameters: parameterReads(database.db),
    versions: versionReads(database.db),
    writes: parameterWrites(database, events),
    settings: settingRecords(database),
    activations: activationRecords(database),
  };
}
