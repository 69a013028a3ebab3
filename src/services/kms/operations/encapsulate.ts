import * as crypto from "node:crypto";
import { EncapsulateCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyToUse, refuseDryRun } from "../cryptography/key-use.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encapsulate.html */
export const encapsulate = operation(EncapsulateCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, _input, call) => keyAccess(call, found),
  async run(found, input, context, call) {
    const { EncapsulationAlgorithm: algorithm } = input;
    const use = { operation: "Encapsulate", usage: "ENCAPSULATE_DECAPSULATE", algorithm } as const;
    const privateKey = await keyToUse(context, found, use);
    refuseDryRun(input.DryRun);
    const { sharedKey, ciphertext } = crypto.encapsulate(crypto.createPublicKey(privateKey));
    context.store.usages.note(found.key, "Encapsulate", call);
    return {
      KeyId: found.arn,
      SharedSecret: sharedKey,
      SharedSecretCiphertextBlob: ciphertext,
      EncapsulationAlgorithm: algorithm,
    };
  },
});
