import { createPrivateKey } from "node:crypto";
import {
  ExpiredImportTokenException$,
  ImportKeyMaterialCommand,
  IncorrectKeyMaterialException$,
  InvalidCiphertextException$,
  InvalidImportTokenException$,
  KMSInvalidStateException$,
} from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refusePendingDeletion } from "../cryptography/key-use.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { type FoundKey, keyNotFound } from "../keys/find.ts";
import type { ImportOutcome } from "../materials/import-records.ts";
import { importedValidTo, refuseMaterialMembers } from "../materials/import-request.ts";
import { importableMaterial } from "../materials/importable-material.ts";
import { notPrimary, wrongOrigin } from "../materials/rotation-rules.ts";
import { unwrapMaterial } from "../materials/wrapped-material.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html */
export const importKeyMaterial = operation(ImportKeyMaterialCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(context, call, "ImportKeyMaterial", input.KeyId, toChange, {
      "kms:ExpirationModel": input.ExpirationModel ?? "KEY_MATERIAL_EXPIRES",
      ...(input.ValidTo && { "kms:ValidTo": input.ValidTo.toISOString() }),
    }),
  async run(input, context, call) {
    const validTo = importedValidTo(input, call.time);
    const found = await requestedKey(context, call, input.KeyId);
    if (found.key.origin !== "EXTERNAL") throw wrongOrigin(found);
    refusePendingDeletion(found);
    refuseMaterialMembers(found, input);
    const material = readMaterial(context, call, found, input);
    const given = {
      material,
      validTo,
      type: input.ImportType,
      materialId: input.KeyMaterialId,
      description: input.KeyMaterialDescription,
    };
    const outcome = await context.keys
      .importMaterial(found.key, given, (key) => refusePendingDeletion({ ...found, key }))
      .finally(() => material.fill(0));
    if (outcome?.outcome !== "imported") throw refusal(found, outcome);
    const isSymmetric = found.key.spec === "SYMMETRIC_DEFAULT";
    return { KeyId: found.arn, ...(isSymmetric && { KeyMaterialId: outcome.materialId }) };
  },
});

/** The material in its stored form. Throws where the token, the wrapping or the material is wrong. */
function readMaterial(
  { keys }: Kms,
  call: Call,
  { key }: FoundKey,
  input: { readonly ImportToken: Uint8Array; readonly EncryptedKeyMaterial: Uint8Array },
): Uint8Array {
  const token = keys.importTokens.open(key, input.ImportToken);
  if (!token) {
    const message = "The import token is invalid or is associated with a different KMS key.";
    throw new ApiError(InvalidImportTokenException$, message);
  }
  const { privateKey: der, algorithm, validTo } = token;
  const wrappingKey = createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  der.fill(0);
  if (validTo.getTime() <= call.time.getTime()) {
    throw new ApiError(ExpiredImportTokenException$, "The import token is expired.");
  }
  const bytes = unwrapMaterial(wrappingKey, algorithm, input.EncryptedKeyMaterial);
  if (!bytes) throw new ApiError(InvalidCiphertextException$, "");
  const material = importableMaterial(key.spec, bytes);
  if (bytes !== material) bytes.fill(0);
  if (material) return material;
  throw new ApiError(IncorrectKeyMaterialException$, `The key material is not valid for key spec ${key.spec}.`);
}

function refusal(
  { key, arn }: FoundKey,
  refused: Exclude<ImportOutcome, { outcome: "imported" }> | undefined,
): ApiError {
  if (!refused) return keyNotFound(arn);
  switch (refused.outcome) {
    case "replica":
      return notPrimary(arn);
    case "other material":
      return new ApiError(
        IncorrectKeyMaterialException$,
        `The key material is not one that was previously imported into KMS key ${key.id}.`,
      );
    case "not new":
      return new ApiError(
        IncorrectKeyMaterialException$,
        `The key material (id: ${refused.materialId}) is already associated with KMS key ${key.id}.`,
      );
    case "other pending":
      return new ApiError(
        KMSInvalidStateException$,
        `New key material (id: ${refused.materialId}) cannot be imported into KMS key ${key.id}, ` +
          `because another key material (id: ${refused.pendingId}) is pending rotation.`,
      );
  }
}
