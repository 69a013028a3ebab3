import * as crypto from "node:crypto";
import { DecapsulateCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyToUse, refuseDryRun } from "../cryptography/key-use.ts";
import { keyAccess, toUse } from "../keys/access.ts";
import { invalidCiphertext } from "../keys/find.ts";

/**
 * A ciphertext of the right length always gives a secret, which is the sender's only where nothing was changed.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Decapsulate.html
 */
export const decapsulate = operation(DecapsulateCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "Decapsulate", input.KeyId, toUse),
  async run(input, context, call) {
    const { EncapsulationAlgorithm: algorithm } = input;
    const found = await requestedKey(context, call, input.KeyId);
    const use = { operation: "Decapsulate", usage: "ENCAPSULATE_DECAPSULATE", algorithm } as const;
    const privateKey = await keyToUse(context.keys, found, use);
    const secret = sharedSecret(privateKey, input.SharedSecretCiphertextBlob);
    if (!secret) throw invalidCiphertext();
    refuseDryRun(input.DryRun);
    return { KeyId: found.arn, SharedSecret: secret, EncapsulationAlgorithm: algorithm };
  },
});

/** `undefined` where the ciphertext has not the length that the key's spec gives it. */
function sharedSecret(privateKey: crypto.KeyObject, ciphertext: Uint8Array): Uint8Array | undefined {
  try {
    return crypto.decapsulate(privateKey, ciphertext);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_CRYPTO_OPERATION_FAILED") return undefined;
    throw error;
  }
}
