import { GenerateDataKeyPairWithoutPlaintextCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { materialMember } from "../cryptography/data-key.ts";
import { dataKeyPairAccess, makeDataKeyPair } from "../cryptography/data-key-pair.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html */
export const generateDataKeyPairWithoutPlaintext = operation(GenerateDataKeyPairWithoutPlaintextCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, input, call) => dataKeyPairAccess(call, found, input),
  async run(found, input, context, call) {
    const { pair, ciphertext } = await makeDataKeyPair(context, found, "GenerateDataKeyPairWithoutPlaintext", input);
    pair.privateKey.fill(0);
    context.store.usages.note(found.key, "GenerateDataKeyPairWithoutPlaintext", call);
    return {
      PrivateKeyCiphertextBlob: ciphertext,
      PublicKey: pair.publicKey,
      KeyId: found.arn,
      KeyPairSpec: input.KeyPairSpec,
      ...materialMember(found),
    };
  },
});
