import { ReEncryptCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import { requestCiphertext } from "./ciphertext-input.ts";
import type { Kms } from "./index.ts";
import { accessToKey, encryptionConditions, keyAccess, toUse } from "./key-access.ts";
import { ciphertextKey, requestedKey } from "./requested-key.ts";
import { decryptWith, encryptWith, refuseDryRun, refuseOptions, usedMaterialId } from "./use-key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html */
export const reEncrypt = operation(ReEncryptCommand)({
  async access(input, call, context: Kms) {
    const blob = requestCiphertext(input);
    const { SourceKeyId: sourceKeyId, DestinationKeyId: destinationKeyId } = input;
    const source = await (sourceKeyId === undefined
      ? ciphertextKey(context, call, blob)
      : requestedKey(context, call, sourceKeyId));
    const destination = await requestedKey(context, call, destinationKeyId);
    const onSameKey = { "kms:ReEncryptOnSameKey": String(source.key.id === destination.key.id) };
    return [
      accessToKey(call, "ReEncryptFrom", source, {
        ...encryptionConditions(input.SourceEncryptionContext),
        ...onSameKey,
      }),
      await keyAccess(context, call, "ReEncryptTo", destinationKeyId, toUse, {
        ...encryptionConditions(input.DestinationEncryptionContext),
        ...onSameKey,
      }),
    ];
  },
  async run(input, context, call) {
    refuseOptions({ algorithms: [input.SourceEncryptionAlgorithm, input.DestinationEncryptionAlgorithm] });
    const blob = requestCiphertext(input);
    const source = await ciphertextKey(context, call, blob, input.SourceKeyId);
    const destination = await requestedKey(context, call, input.DestinationKeyId);
    const plaintext = await decryptWith(context.keys, source, blob, input.SourceEncryptionContext);
    const ciphertext = await encryptWith(context.keys, destination, plaintext, input.DestinationEncryptionContext);
    plaintext.fill(0);
    refuseDryRun(input.DryRun);
    const sourceMaterialId = await usedMaterialId(context.keys, source, blob);
    const destinationMaterialId = destination.key.materialId;
    return {
      CiphertextBlob: ciphertext,
      SourceKeyId: source.arn,
      KeyId: destination.arn,
      SourceEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
      DestinationEncryptionAlgorithm: "SYMMETRIC_DEFAULT",
      ...(sourceMaterialId !== undefined && { SourceKeyMaterialId: sourceMaterialId }),
      ...(destinationMaterialId !== undefined && { DestinationKeyMaterialId: destinationMaterialId }),
    };
  },
});
