import { DecryptCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { ignoresCiphertext, requestCiphertext, requiredKeyId } from "../cryptography/ciphertext-request.ts";
import { decryptWith } from "../cryptography/encrypt-with.ts";
import { ciphertextKey, namedOrCiphertextKey, requestedKey } from "../cryptography/find.ts";
import { refuseDryRun, refuseRecipient, refuseUnusable, usedMaterialId } from "../cryptography/key-use.ts";
import { accessToKey, encryptionConditions, keyAccess, toUse } from "../keys/access.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export const decrypt = operation(DecryptCommand)({
  async access(input, call, context: Kms) {
    const { KeyId: keyId, EncryptionAlgorithm: algorithm = "SYMMETRIC_DEFAULT" } = input;
    const conditions = encryptionConditions(input.EncryptionContext, algorithm);
    if (ignoresCiphertext(input)) {
      return keyAccess(context, call, "Decrypt", requiredKeyId("KeyId", keyId), toUse, conditions);
    }
    const blob = requestCiphertext(input);
    if (keyId !== undefined) return keyAccess(context, call, "Decrypt", keyId, toUse, conditions);
    const found = await namedOrCiphertextKey(context, call, { blob, keyId, algorithm });
    return accessToKey(call, "Decrypt", found, conditions);
  },
  async run(input, context, call) {
    refuseRecipient(input.Recipient);
    const { KeyId: keyId, EncryptionAlgorithm: algorithm = "SYMMETRIC_DEFAULT" } = input;
    if (ignoresCiphertext(input)) {
      refuseUnusable(await requestedKey(context, call, requiredKeyId("KeyId", keyId)));
      refuseDryRun(true);
    }
    const blob = requestCiphertext(input);
    const found = await ciphertextKey(context, call, { blob, keyId, algorithm });
    const plaintext = await decryptWith(context.keys, found, blob, {
      operation: "Decrypt",
      algorithm,
      context: input.EncryptionContext,
    });
    refuseDryRun(input.DryRun);
    const materialId = await usedMaterialId(context.keys, found, blob);
    return {
      Plaintext: plaintext,
      KeyId: found.arn,
      EncryptionAlgorithm: algorithm,
      ...(materialId !== undefined && { KeyMaterialId: materialId }),
    };
  },
});
