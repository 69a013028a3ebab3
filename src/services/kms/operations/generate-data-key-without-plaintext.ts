import { GenerateDataKeyWithoutPlaintextCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { findKeyForDataKey, makeDataKey, materialMember } from "../cryptography/data-key.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { keyAccess } from "../keys/access.ts";
import { encryptionConditions } from "../keys/conditions.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html */
export const generateDataKeyWithoutPlaintext = operation(GenerateDataKeyWithoutPlaintextCommand)({
  find: (input, call, context: Kms) => findKeyForDataKey(context, call, input),
  access: (found, input, call) => keyAccess(call, found, encryptionConditions(input.EncryptionContext)),
  async run(found, input, context, call) {
    const { plaintext, ciphertext } = await makeDataKey(context, found, "GenerateDataKeyWithoutPlaintext", input);
    plaintext.fill(0);
    refuseDryRun(input.DryRun);
    context.store.usages.note(found.key, "GenerateDataKeyWithoutPlaintext", call);
    return { CiphertextBlob: ciphertext, KeyId: found.arn, ...materialMember(found) };
  },
});
