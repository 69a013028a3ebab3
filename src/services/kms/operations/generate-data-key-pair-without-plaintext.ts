import { GenerateDataKeyPairWithoutPlaintextCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { dataKeyPairAccess, makeDataKeyPair } from "../cryptography/data-key-pair.ts";
import { materialMember } from "../cryptography/key-use.ts";

const name = "GenerateDataKeyPairWithoutPlaintext";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html */
export const generateDataKeyPairWithoutPlaintext = operation(GenerateDataKeyPairWithoutPlaintextCommand)({
  access: (input, call, context: Kms) => dataKeyPairAccess(context, call, name, input),
  async run(input, context, call) {
    const { pair, ciphertext, found } = await makeDataKeyPair(context, call, name, input);
    pair.privateKey.fill(0);
    return {
      PrivateKeyCiphertextBlob: ciphertext,
      PublicKey: pair.publicKey,
      KeyId: found.arn,
      KeyPairSpec: input.KeyPairSpec,
      ...materialMember(found),
    };
  },
});
