import type { Database } from "../../storage/database.ts";
import { imageRecords } from "./images/records.ts";
import { uploadRecords } from "./layers/records.ts";
import { lifecycleRecords } from "./lifecycle/records.ts";
import { repositoryRecords } from "./repositories/records.ts";

export type EcrStore = ReturnType<typeof ecrStore>;

/** All SQL of ECR. */
export function ecrStore(database: Database) {
  return {
    repositories: repositoryRecords(database),
    images: imageRecords(database),
    uploads: uploadRecords(database),
    lifecycle: lifecycleRecords(database),
  };
}
