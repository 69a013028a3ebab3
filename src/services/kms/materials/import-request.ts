import { ApiError } from "../../../model/api-error.ts";
import type { FoundKey } from "../keys/find.ts";

/** Milliseconds that imported material can be valid. */
const longestValidity = 365 * 24 * 60 * 60 * 1000;

/** When the material of a request expires; `undefined` where it does not. Throws where the request is not clear. */
export function importedValidTo(
  input: { readonly ExpirationModel?: string; readonly ValidTo?: Date },
  now: Date,
): Date | undefined {
  const { ExpirationModel: model = "KEY_MATERIAL_EXPIRES", ValidTo: validTo } = input;
  if (model === "KEY_MATERIAL_DOES_NOT_EXPIRE") {
    if (validTo === undefined) return undefined;
    throw validation(`A validTo date must not be set if the ExpirationModel is ${model}`);
  }
  if (validTo === undefined) throw validation(`A validTo date must be set if the ExpirationModel is ${model}`);
  if (validTo.getTime() <= now.getTime()) throw validation("The validTo date must be in the future");
  if (validTo.getTime() - now.getTime() <= longestValidity) return validTo;
  throw validation("The validTo date must be within 365 days of the request");
}

/** Refuses what only symmetric encryption keys have, and an id of what is to be new. */
export function refuseMaterialMembers(
  { key }: FoundKey,
  input: { readonly ImportType?: string; readonly KeyMaterialId?: string; readonly KeyMaterialDescription?: string },
): void {
  const { ImportType, KeyMaterialId, KeyMaterialDescription } = input;
  const [name] = Object.entries({ ImportType, KeyMaterialId, KeyMaterialDescription }).find(([, value]) => value) ?? [];
  if (name !== undefined && key.spec !== "SYMMETRIC_DEFAULT") {
    throw validation(`${name} is only supported for symmetric encryption KMS keys`);
  }
  if (ImportType === "NEW_KEY_MATERIAL" && KeyMaterialId !== undefined) {
    throw validation("You cannot specify a KeyMaterialId when the ImportType is NEW_KEY_MATERIAL");
  }
}

function validation(message: string): ApiError {
  return new ApiError({ code: "ValidationException", status: 400 }, message);
}
