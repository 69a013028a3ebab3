import type { Kysely } from "kysely";
import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import type { Tables } from "../../storage/schema/index.ts";
import { accountSettingRecords } from "./account-settings/records.ts";
import { sessionRecords } from "./acs/records.ts";
import { capacityProviderRecords } from "./capacity-providers/records.ts";
import { clusterRecords } from "./clusters/records.ts";
import { definitionRecords } from "./definitions/records.ts";
import { execRecords } from "./exec/records.ts";
import { instanceRecords } from "./instances/records.ts";
import { interfaceRecords } from "./placement/records.ts";
import { serviceRecords } from "./services/records.ts";
import { tagRecords } from "./tags/records.ts";
import { taskRecords } from "./tasks/records.ts";
import { taskStateRecords } from "./tasks/state-records.ts";

export type Records = ReturnType<typeof records>;

/** Reads by themselves, or within a transaction. */
export interface EcsStore extends Records {
  /** As `Database.transaction`: `work` may run more than once and must have no other effect. */
  transaction<T>(work: (records: Records) => Promise<T>): Promise<T>;
}

/** All SQL of ECS. Task definitions and tasks are sealed, as people put secrets into their environment. */
export function ecsStore(database: Database, keyring: Keyring): EcsStore {
  return {
    ...records(database.db, keyring),
    transaction: (work) => database.transaction((db) => work(records(db, keyring))),
  };
}

function records(db: Kysely<Tables>, keyring: Keyring) {
  return {
    accountSettings: accountSettingRecords(db),
    clusters: clusterRecords(db),
    capacityProviders: capacityProviderRecords(db),
    definitions: definitionRecords(db, keyring),
    instances: instanceRecords(db),
    sessions: sessionRecords(db),
    tasks: taskRecords(db, keyring),
    taskStates: taskStateRecords(db),
    exec: execRecords(db, keyring),
    interfaces: interfaceRecords(db),
    services: serviceRecords(db),
    tags: tagRecords(db),
  };
}
