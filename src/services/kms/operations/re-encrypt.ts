import { ReEncryptCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { ignoresCiphertext, requestCiphertext, requiredKeyId } from "../cryptography/ciphertext-request.ts";
import { decryptWith, encryptWith } from "../cryptography/encrypt-with.ts";
import { ciphertextKey, namedOrCiphertextKey, requestedKey } from "../cryptography/find.ts";
import { refuseDryRun, refuseUnusable, usedMaterialId } from "../cryptography/key-use.ts";
import { accessToKey, encryptionConditions, keyAccess, toUse } from "../keys/access.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html */
export const reEncrypt = operation(ReEncryptCommand)({
  async access(input, call, context: Kms) {
    const { SourceKeyId: keyId, SourceEncryptionAlgorithm: algorithm = "SYMMETRIC_DEFAULT" } = input;
    const source = await (ignoresCiphertext(input)
      ? requestedKey(context, call, requiredKeyId("SourceKeyId", keyId))
      : namedOrCiphertextKey(context, call, { blob: requestCiphertext(input), keyId, algorithm }));
    const destination = await requestedKey(context, call, input.DestinationKeyId);
    const onSameKey = { "kms:ReEncryptOnSameKey": String(source.key.id === destination.key.id) };
    return [
      accessToKey(call, "ReEncryptFrom", source, {
        ...encryptionConditions(input.SourceEncryptionContext, algorithm),
        ...onSameKey,
      }),
      await keyAccess(context, call, "ReEncryptTo", input.DestinationKeyId, toUse, {
        ...encryptionConditions(input.DestinationEncryptionContext, input.DestinationEncryptionAlgorithm),
        ...onSameKey,
      }),
    ];
  },
  async run(input, context, call) {
    const { SourceKeyId: keyId, SourceEncryptionAlgorithm: sourceAlgorithm = "SYMMETRIC_DEFAULT" } = input;
    const { DestinationEncryptionAlgorithm: algorithm = "SYMMETRIC_DEFAULT" } = input;
    if (ignoresCiphertext(input)) {
      for (const named of [requiredKeyId("SourceKeyId", keyId), input.DestinationKeyId]) {
        refuseUnusable(await requestedKey(context, call, named));
      }
      refuseDryRun(true);
    }
    const blob = requestCiphertext(input);
    const source = await ciphertextKey(context, call, { blob, keyId, algorithm: sourceAlgorithm });
    const destination = await requestedKey(context, call, input.DestinationKeyId);
    const plaintext = await decryptWith(context.keys, source, blob, {
      operation: "ReEncrypt",
      algorithm: sourceAlgorithm,
      context: input.SourceEncryptionContext,
    });
    try {
      const ciphertext = await encryptWith(context.keys, destination, plaintext, {
        operation: "ReEncrypt",
        algorithm,
        context: input.DestinationEncryptionContext,
      });
      refuseDryRun(input.DryRun);
      const sourceMaterialId = await usedMaterialId(context.keys, source, blob);
      const destinationMaterialId = destination.key.materialId;
      return {
        CiphertextBlob: ciphertext,
        SourceKeyId: source.arn,
        KeyId: destination.arn,
        SourceEncryptionAlgorithm: sourceAlgorithm,
        DestinationEncryptionAlgorithm: algorithm,
        ...(sourceMaterialId !== undefined && { SourceKeyMaterialId: sourceMaterialId }),
        ...(destinationMaterialId !== undefined && { DestinationKeyMaterialId: destinationMaterialId }),
      };
    } finally {
      plaintext.fill(0);
    }
  },
});
