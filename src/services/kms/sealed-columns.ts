import type { SealedColumn } from "../../storage/sealed-column.ts";
import { sealedSecret } from "./materials/import-records.ts";
import { sealedMaterial } from "./materials/records.ts";

/** What of KMS's is sealed under the root key. */
export const sealedColumns: readonly SealedColumn[] = [sealedMaterial, sealedSecret];
