import { DecryptCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import { ignoresCiphertext, requestCiphertext, requiredKeyId } from "./ciphertext-input.ts";
import type { Kms } from "./index.ts";
import { accessToKey, encryptionConditions, keyAccess, toUse } from "./key-access.ts";
import { ciphertextKey, requestedKey } from "./requested-key.ts";
import { decryptWith, refuseDryRun, refuseOptions, refuseUnusable } from "./use-key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export const decrypt = operation(DecryptCommand)({
  async access(input, call, context: Kms) {
    const conditions = encryptionConditions(input.EncryptionContext);
    if (ignoresCiphertext(input)) {
      return keyAccess(context, call, "Decrypt", requiredKeyId("KeyId", input.KeyId), toUse, conditions);
    }
    const blob = requestCiphertext(input);
    if (input.KeyId !== undefined) return keyAccess(context, call, "Decrypt", input.KeyId, toUse, conditions);
    return accessToKey(call, "Decrypt", await ciphertextKey(context, call, blob), conditions);
  },
  async run(input, context, call) {
    refuseOptions({ algorithms: [input.EncryptionAlgorithm], recipient: input.Recipient });
    if (ignoresCiphertext(input)) {
      refuseUnusable(await requestedKey(context, call, input.KeyId!));
      refuseDryRun(true);
    }
    const blob = requestCiphertext(input);
    const found = await ciphertextKey(context, call, blob, input.KeyId);
    const plaintext = await decryptWith(context.keys, found, blob, input.EncryptionContext);
    refuseDryRun(input.DryRun);
    return { Plaintext: plaintext, KeyId: found.arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
  },
});
