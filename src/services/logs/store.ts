import type { Keyring } from "../../keyring/keyring.ts";
import type { Database } from "../../storage/database.ts";
import { batchRecords } from "./events/batch-records.ts";
import { type DataKeysOptions, dataKeys } from "./events/data-keys.ts";
import { metricFilterRecords } from "./filters/records.ts";
import { groupRecords } from "./groups/records.ts";
import { queryDefinitionRecords } from "./insights/definitions/records.ts";
import { queryRecords } from "./insights/queries/records.ts";
import { streamRecords } from "./streams/records.ts";
import { subscriptionRecords } from "./subscriptions/records.ts";

export type LogsStore = ReturnType<typeof logsStore>;

/** All SQL of CloudWatch Logs, and the keys of what is in it. */
export function logsStore(
  database: Database,
  keyring: Keyring,
  options: Pick<DataKeysOptions, "encryption" | "partition" | "now">,
) {
  return {
    groups: groupRecords(database),
    streams: streamRecords(database),
    batches: batchRecords(database),
    keys: dataKeys({ database, keyring, ...options }),
    queries: queryRecords(database, keyring),
    queryDefinitions: queryDefinitionRecords(database, keyring),
    subscriptions: subscriptionRecords(database),
    metricFilters: metricFilterRecords(database),
  };
}
