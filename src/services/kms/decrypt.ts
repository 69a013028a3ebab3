import { DecryptCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import { requestCiphertext } from "./ciphertext-input.ts";
import type { Kms } from "./index.ts";
import { accessToKey, encryptionConditions, keyAccess, toUse } from "./key-access.ts";
import { ciphertextKey } from "./requested-key.ts";
import { decryptWith, refuseDryRun, refuseOptions, usedMaterialId } from "./use-key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export const decrypt = operation(DecryptCommand)({
  async access(input, call, context: Kms) {
    const blob = requestCiphertext(input);
    const conditions = encryptionConditions(input.EncryptionContext);
    if (input.KeyId !== undefined) return keyAccess(context, call, "Decrypt", input.KeyId, toUse, conditions);
    return accessToKey(call, "Decrypt", await ciphertextKey(context, call, blob), conditions);
  },
  async run(input, context, call) {
    refuseOptions({ algorithms: [input.EncryptionAlgorithm], recipient: input.Recipient });
    const blob = requestCiphertext(input);
    const found = await ciphertextKey(context, call, blob, input.KeyId);
    const plaintext = await decryptWith(context.keys, found, blob, input.EncryptionContext);
    refuseDryRun(input.DryRun);
    const materialId = await usedMaterialId(context.keys, found, blob);
    return {
      Plaintext: plaintext,
      KeyId: found.arn,
      EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
      ...(materialId !== undefined && { KeyMaterialId: materialId }),
    };
  },
});
