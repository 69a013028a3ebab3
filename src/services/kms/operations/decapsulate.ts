import * as crypto from "node:crypto";
import { DecapsulateCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyToUse, refuseDryRun } from "../cryptography/key-use.ts";
import { invalidCiphertext } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";

/**
 * Every ciphertext of the right length gives a secret. A changed one gives another secret than the sender's.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Decapsulate.html
 */
export const decapsulate = operation(DecapsulateCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, _input, call) => keyAccess(call, found),
  async run(found, input, context, call) {
    const { EncapsulationAlgorithm: algorithm } = input;
    const use = { operation: "Decapsulate", usage: "ENCAPSULATE_DECAPSULATE", algorithm } as const;
    const privateKey = await keyToUse(context, found, use);
    const secret = sharedSecret(privateKey, input.SharedSecretCiphertextBlob);
    if (!secret) throw invalidCiphertext();
    refuseDryRun(input.DryRun);
    context.store.usages.note(found.key, "Decapsulate", call);
    return { KeyId: found.arn, SharedSecret: secret, EncapsulationAlgorithm: algorithm };
  },
});

/** `undefined` if the ciphertext does not have the length of the key's spec. */
function sharedSecret(privateKey: crypto.KeyObject, ciphertext: Uint8Array): Uint8Array | undefined {
  try {
    return crypto.decapsulate(privateKey, ciphertext);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_CRYPTO_OPERATION_FAILED") return undefined;
    throw error;
  }
}
