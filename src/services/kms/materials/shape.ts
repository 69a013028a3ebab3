import type { RotationsListEntry } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import type { FoundKey } from "../keys/find.ts";
import type { Material } from "./rotation.ts";

/** A material as ListKeyRotations shows it. `isReady`: all regions have the material that waits for a rotation. */
export function rotationEntry({ key, arn }: FoundKey, material: Material, isReady: boolean): RotationsListEntry {
  const { rotation } = material;
  return {
    KeyId: arn,
    KeyMaterialId: material.id,
    ...(key.origin === "EXTERNAL" ? importMembers(material) : {}),
    KeyMaterialState: materialState(material, isReady),
    ...defined({ RotationDate: rotation?.at, RotationType: rotation?.type }),
  };
}

function importMembers({ description, isThere, validTo }: Material): Partial<RotationsListEntry> {
  const named = defined({ KeyMaterialDescription: description });
  if (!isThere) return { ...named, ImportState: "PENDING_IMPORT" };
  return {
    ...named,
    ImportState: "IMPORTED",
    ExpirationModel: validTo ? "KEY_MATERIAL_EXPIRES" : "KEY_MATERIAL_DOES_NOT_EXPIRE",
    ...defined({ ValidTo: validTo }),
  };
}

function materialState({ place }: Material, isReady: boolean) {
  if (place === 0) return "CURRENT";
  if (place < 0) return "NON_CURRENT";
  return isReady ? "PENDING_ROTATION" : "PENDING_MULTI_REGION_IMPORT_AND_ROTATION";
}
