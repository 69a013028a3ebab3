import type { SealedColumn } from "../../storage/sealed-column.ts";
import { sealedSecret } from "./materials/material-ids.ts";
import { sealedMaterial } from "./materials/records.ts";

/** KMS's columns that are sealed under the root key. */
export const sealedColumns: readonly SealedColumn[] = [sealedMaterial, sealedSecret];
