import { InvalidMarkerException$, ListKeyRotationsCommand, type RotationsListEntry } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyAccess, toRead } from "../keys/access.ts";
import type { Key } from "../keys/key.ts";
import type { Material } from "../materials/rotation-records.ts";
import { refuseUnrotatable } from "../materials/rotation-rules.ts";
import { page, readMarker } from "../page.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html */
export const listKeyRotations = operation(ListKeyRotationsCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "ListKeyRotations", input.KeyId, toRead),
  async run(input, context, call) {
    const found = await requestedKey(context, call, input.KeyId);
    refuseUnrotatable(found);
    const limit = input.Limit ?? 100;
    const all = input.IncludeKeyMaterial === "ALL_KEY_MATERIAL";
    const after = readVersion(input.Marker);
    const materials = await context.keys.listMaterials(found.key, { all, after, limit: limit + 1 });
    const { items, next } = page(materials, limit, ({ version }) => String(version));
    const isReady = items.some(({ place }) => place > 0) && (await context.keys.isReadyToRotate(found.key));
    return { Rotations: items.map((material) => entry(found.key, material, isReady)), ...next };
  },
});

function readVersion(marker: string | undefined): number {
  const after = readMarker(marker);
  if (/^\d{0,9}$/.test(after)) return Number(after);
  throw new ApiError(
    InvalidMarkerException$,
    "The marker that specifies where pagination should next begin is not valid.",
  );
}

function entry(key: Key, material: Material, isReady: boolean): RotationsListEntry {
  return {
    KeyId: key.id,
    KeyMaterialId: material.id,
    ...(key.origin === "EXTERNAL" && importMembers(material)),
    KeyMaterialState: materialState(material, isReady),
    ...(material.rotatedAt && { RotationDate: material.rotatedAt, RotationType: material.rotationType! }),
  };
}

function importMembers({ description, isThere, validTo }: Material): Partial<RotationsListEntry> {
  const named = description === undefined ? {} : { KeyMaterialDescription: description };
  if (!isThere) return { ...named, ImportState: "PENDING_IMPORT" };
  return {
    ...named,
    ImportState: "IMPORTED",
    ExpirationModel: validTo ? "KEY_MATERIAL_EXPIRES" : "KEY_MATERIAL_DOES_NOT_EXPIRE",
    ...(validTo && { ValidTo: validTo }),
  };
}

function materialState({ place }: Material, isReady: boolean) {
  if (place === 0) return "CURRENT";
  if (place < 0) return "NON_CURRENT";
  return isReady ? "PENDING_ROTATION" : "PENDING_MULTI_REGION_IMPORT_AND_ROTATION";
}
