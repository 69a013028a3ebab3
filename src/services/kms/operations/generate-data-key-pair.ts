import { GenerateDataKeyPairCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { dataKeyPairAccess, makeDataKeyPair } from "../cryptography/data-key-pair.ts";
import { materialMember, refuseRecipient } from "../cryptography/key-use.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html */
export const generateDataKeyPair = operation(GenerateDataKeyPairCommand)({
  access: (input, call, context: Kms) => dataKeyPairAccess(context, call, "GenerateDataKeyPair", input),
  async run(input, context, call) {
    refuseRecipient(input.Recipient);
    const { pair, ciphertext, found } = await makeDataKeyPair(context, call, "GenerateDataKeyPair", input);
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
