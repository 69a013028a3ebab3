import { DecryptCommand } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { findCiphertext, refuseMisfit } from "../cryptography/ciphertext-request.ts";
import { decryptWith, usedMaterialId } from "../cryptography/encrypt-with.ts";
import { dryRunSucceeded, refuseDryRun, refuseRecipient } from "../cryptography/key-use.ts";
import { keyAccess } from "../keys/access.ts";
import { encryptionConditions } from "../keys/conditions.ts";
import { refuseUnusable } from "../keys/state.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export const decrypt = operation(DecryptCommand)({
  find(input, call, context: Kms) {
    const { KeyId: keyId, EncryptionAlgorithm: algorithm = "SYMMETRIC_DEFAULT" } = input;
    return findCiphertext(context, call, input, { member: "KeyId", keyId, algorithm });
  },
  access: ({ found }, input, call) =>
    keyAccess(call, found, encryptionConditions(input.EncryptionContext, input.EncryptionAlgorithm)),
  async run(ciphertext, input, context, call) {
    refuseRecipient(input.Recipient);
    const { found, blob } = ciphertext;
    const { EncryptionAlgorithm: algorithm = "SYMMETRIC_DEFAULT", EncryptionContext } = input;
    if (!blob) {
      refuseUnusable(found);
      throw dryRunSucceeded();
    }
    refuseMisfit(ciphertext);
    const use = { operation: "Decrypt", algorithm, context: EncryptionContext };
    const plaintext = await decryptWith(context, found, blob, use);
    refuseDryRun(input.DryRun);
    const materialId = await usedMaterialId(context, found, blob);
    context.store.usages.note(found.key, "Decrypt", call);
    return {
      Plaintext: plaintext,
      KeyId: found.arn,
      EncryptionAlgorithm: algorithm,
      ...defined({ KeyMaterialId: materialId }),
    };
  },
});
