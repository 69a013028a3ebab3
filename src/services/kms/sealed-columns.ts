import type { SealedColumn } from "../../storage/sealed-column.ts";
import { sealedSecret } from "./imported-materials.ts";
import { sealedMaterial } from "./key-materials.ts";

/** What of KMS's is sealed under the root key. */
export const sealedColumns: readonly SealedColumn[] = [sealedMaterial, sealedSecret];
