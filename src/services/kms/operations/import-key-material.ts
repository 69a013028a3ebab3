import { createPrivateKey } from "node:crypto";
import {
  ExpiredImportTokenException$,
  ImportKeyMaterialCommand,
  IncorrectKeyMaterialException$,
  InvalidImportTokenException$,
  KMSInvalidStateException$,
} from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { invalidCiphertext, keyNotFound } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { type FoundKey, findKey } from "../keys/find.ts";
import { refusePendingDeletion } from "../keys/state.ts";
import type { ImportOutcome } from "../materials/import-records.ts";
import { importedValidTo, refuseMaterialMembers } from "../materials/import-request.ts";
import { importableMaterial } from "../materials/importable-material.ts";
import { notPrimary, wrongOrigin } from "../materials/rotation-rules.ts";
import { unwrapMaterial } from "../materials/wrapped-material.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html */
export const importKeyMaterial = operation(ImportKeyMaterialCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "ImportKeyMaterial" }),
  access: (found, input, call) =>
    keyAccess(
      call,
      found,
      defined({ "kms:ExpirationModel": input.ExpirationModel, "kms:ValidTo": input.ValidTo?.toISOString() }),
    ),
  async run(found, input, context, call) {
    const { key, arn } = found;
    const validTo = importedValidTo(input, call.time);
    if (key.origin !== "EXTERNAL") throw wrongOrigin(found);
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
    const outcome = await context.store.imports
      .add(key, given, (current) => refusePendingDeletion({ key: current, arn }))
      .finally(() => material.fill(0));
    if (outcome?.outcome !== "imported") throw refusal(found, outcome);
    const shownId = key.spec === "SYMMETRIC_DEFAULT" ? outcome.materialId : undefined;
    return { KeyId: arn, ...defined({ KeyMaterialId: shownId }) };
  },
});

/** The request's material in its stored form. Throws where the token, the wrapping or the material is wrong. */
function readMaterial(
  { store }: Kms,
  call: Call,
  { key }: FoundKey,
  input: { readonly ImportToken: Uint8Array; readonly EncryptedKeyMaterial: Uint8Array },
): Uint8Array {
  const token = store.imports.tokens.open(key, input.ImportToken);
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
  if (!bytes) throw invalidCiphertext();
  const material = importableMaterial(key.spec, bytes);
  if (bytes !== material) bytes.fill(0);
  if (material) return material;
  throw new ApiError(IncorrectKeyMaterialException$, `The key material is not valid for key spec ${key.spec}.`);
}

function refusal({ arn }: FoundKey, refused: Exclude<ImportOutcome, { outcome: "imported" }> | undefined): ApiError {
  if (!refused) return keyNotFound(arn);
  switch (refused.outcome) {
    case "replica":
      return notPrimary(arn);
    case "other material":
      return new ApiError(
        IncorrectKeyMaterialException$,
        `The key material is not one that was previously imported into KMS key ${arn}.`,
      );
    case "not new":
      return new ApiError(
        IncorrectKeyMaterialException$,
        `The key material (id: ${refused.materialId}) is already associated with KMS key ${arn}.`,
      );
    case "other pending":
      return new ApiError(
        KMSInvalidStateException$,
        `New key material (id: ${refused.materialId}) cannot be imported into KMS key ${arn}, ` +
          `because another key material (id: ${refused.pendingId}) is pending rotation.`,
      );
  }
}
