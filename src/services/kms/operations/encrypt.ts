import { EncryptCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { encryptWith } from "../cryptography/encrypt-with.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { encryptionConditions, keyAccess, toUse } from "../keys/access.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const encrypt = operation(EncryptCommand)({
  access: (input, call, context: Kms) => {
    const conditions = encryptionConditions(input.EncryptionContext, input.EncryptionAlgorithm);
    return keyAccess(context, call, "Encrypt", input.KeyId, toUse, conditions);
  },
  async run(input, context, call) {
    const { EncryptionAlgorithm: algorithm = "SYMMETRIC_DEFAULT" } = input;
    const found = await requestedKey(context, call, input.KeyId);
    const ciphertext = await encryptWith(context.keys, found, input.Plaintext, {
      operation: "Encrypt",
      algorithm,
      context: input.EncryptionContext,
    });
    refuseDryRun(input.DryRun);
    return { CiphertextBlob: ciphertext, KeyId: found.arn, EncryptionAlgorithm: algorithm };
  },
});
