import * as crypto from "node:crypto";
import { EncapsulateCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyToUse, refuseDryRun } from "../cryptography/key-use.ts";
import { keyAccess, toUse } from "../keys/access.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encapsulate.html */
export const encapsulate = operation(EncapsulateCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "Encapsulate", input.KeyId, toUse),
  async run(input, context, call) {
    const { EncapsulationAlgorithm: algorithm } = input;
    const found = await requestedKey(context, call, input.KeyId);
    const use = { operation: "Encapsulate", usage: "ENCAPSULATE_DECAPSULATE", algorithm } as const;
    const privateKey = await keyToUse(context.keys, found, use);
    refuseDryRun(input.DryRun);
    const { sharedKey, ciphertext } = crypto.encapsulate(crypto.createPublicKey(privateKey));
    return {
      KeyId: found.arn,
      SharedSecret: sharedKey,
      SharedSecretCiphertextBlob: ciphertext,
      EncapsulationAlgorithm: algorithm,
    };
  },
});
