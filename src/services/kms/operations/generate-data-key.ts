import { GenerateDataKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { findKeyForDataKey, makeDataKey, materialMember } from "../cryptography/data-key.ts";
import { refuseDryRun, refuseRecipient } from "../cryptography/key-use.ts";
import { keyAccess } from "../keys/access.ts";
import { encryptionConditions } from "../keys/conditions.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
export const generateDataKey = operation(GenerateDataKeyCommand)({
  find: (input, call, context: Kms) => findKeyForDataKey(context, call, input),
  access: (found, input, call) => keyAccess(call, found, encryptionConditions(input.EncryptionContext)),
  async run(found, input, context, call) {
    refuseRecipient(input.Recipient);
    const { plaintext, ciphertext } = await makeDataKey(context, found, "GenerateDataKey", input);
    refuseDryRun(input.DryRun);
    context.store.usages.note(found.key, "GenerateDataKey", call);
    return { CiphertextBlob: ciphertext, Plaintext: plaintext, KeyId: found.arn, ...materialMember(found) };
  },
});
