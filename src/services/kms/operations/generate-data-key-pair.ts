import { GenerateDataKeyPairCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { materialMember } from "../cryptography/data-key.ts";
import { dataKeyPairAccess, makeDataKeyPair } from "../cryptography/data-key-pair.ts";
import { refuseRecipient } from "../cryptography/key-use.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html */
export const generateDataKeyPair = operation(GenerateDataKeyPairCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, input, call) => dataKeyPairAccess(call, found, input),
  async run(found, input, context, call) {
    refuseRecipient(input.Recipient);
    const { pair, ciphertext } = await makeDataKeyPair(context, found, "GenerateDataKeyPair", input);
    context.store.usages.note(found.key, "GenerateDataKeyPair", call);
    return {
      PrivateKeyCiphertextBlob: ciphertext,
      PrivateKeyPlaintext: pair.privateKey,
      PublicKey: pair.publicKey,
      KeyId: found.arn,
      KeyPairSpec: input.KeyPairSpec,
      ...materialMember(found),
    };
  },
});
