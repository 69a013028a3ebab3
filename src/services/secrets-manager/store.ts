import type { Events } from "../../audit/index.ts";
import type { Database } from "../../storage/database.ts";
import { rotationRecords } from "./rotation/records.ts";
import { secretReads } from "./secrets/reads.ts";
import { versionReads } from "./secrets/version-reads.ts";
import { secretWrites } from "./secrets/writes.ts";

export type SecretsManagerStore = ReturnType<typeof secretsManagerStore>;

/** All SQL of Secrets Manager. `events` gets those of deleted versions. */
export function secretsManagerStore(database: Database, events: Events) {
  return {
    secrets: secretReads(database),
    versions: versionReads(database),
    writes: secretWrites(database, events),
    rotations: rotationRecords(database),
  };
}
