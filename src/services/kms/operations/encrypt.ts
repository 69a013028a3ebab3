import { EncryptCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { encryptWith } from "../cryptography/encrypt-with.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { keyAccess } from "../keys/access.ts";
import { encryptionConditions } from "../keys/conditions.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const encrypt = operation(EncryptCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, input, call) =>
    keyAccess(call, found, encryptionConditions(input.EncryptionContext, input.EncryptionAlgorithm)),
  async run(found, input, context, call) {
    const { EncryptionAlgorithm: algorithm = "SYMMETRIC_DEFAULT", EncryptionContext } = input;
    const use = { operation: "Encrypt", algorithm, context: EncryptionContext };
    const ciphertext = await encryptWith(context, found, input.Plaintext, use);
    refuseDryRun(input.DryRun);
    context.store.usages.note(found.key, "Encrypt", call);
    return { CiphertextBlob: ciphertext, KeyId: found.arn, EncryptionAlgorithm: algorithm };
  },
});
