import { validationException } from "../../../model/common-errors.ts";
import type { FoundKey } from "../keys/find.ts";
import { day } from "../store-parts.ts";

/** Milliseconds that imported material can be valid. */
const longestValidity = 365 * day;

/** When the material of a request expires; `undefined` if it does not. Throws where the members contradict each other. */
export function importedValidTo(
  input: { readonly ExpirationModel?: string; readonly ValidTo?: Date },
  now: Date,
): Date | undefined {
  const { ExpirationModel: model = "KEY_MATERIAL_EXPIRES", ValidTo: validTo } = input;
  if (model === "KEY_MATERIAL_DOES_NOT_EXPIRE") {
    if (validTo === undefined) return undefined;
    throw validationException(`A validTo date must not be set if the ExpirationModel is ${model}`);
  }
  if (validTo === undefined) throw validationException(`A validTo date must be set if the ExpirationModel is ${model}`);
  if (validTo.getTime() <= now.getTime()) throw validationException("The validTo date must be in the future");
  if (validTo.getTime() - now.getTime() <= longestValidity) return validTo;
  throw validationException("The validTo date must be within 365 days of the request");
}

/** Refuses members that only symmetric encryption keys have, and the id of a material that must be new. */
export function refuseMaterialMembers(
  { key }: FoundKey,
  input: { readonly ImportType?: string; readonly KeyMaterialId?: string; readonly KeyMaterialDescription?: string },
): void {
  const { ImportType, KeyMaterialId, KeyMaterialDescription } = input;
  const [name] = Object.entries({ ImportType, KeyMaterialId, KeyMaterialDescription }).find(([, value]) => value) ?? [];
  if (name !== undefined && key.spec !== "SYMMETRIC_DEFAULT") {
    throw validationException(`${name} is only supported for symmetric encryption KMS keys`);
  }
  if (ImportType === "NEW_KEY_MATERIAL" && KeyMaterialId !== undefined) {
    throw validationException("You cannot specify a KeyMaterialId when the ImportType is NEW_KEY_MATERIAL");
  }
}
