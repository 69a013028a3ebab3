import { EncryptCommand } from "@aws-sdk/client-kms";
import { operation } from "../../aws/operation.ts";
import type { Kms } from "./index.ts";
import { encryptionConditions, keyAccess, toUse } from "./key-access.ts";
import { requestedKey } from "./requested-key.ts";
import { encryptWith, refuseDryRun, refuseOptions } from "./use-key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const encrypt = operation(EncryptCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(context, call, "Encrypt", input.KeyId, toUse, encryptionConditions(input.EncryptionContext)),
  async run(input, context, call) {
    refuseOptions({ algorithms: [input.EncryptionAlgorithm] });
    const found = await requestedKey(context, call, input.KeyId);
    const ciphertext = await encryptWith(context.keys, found, input.Plaintext, input.EncryptionContext);
    refuseDryRun(input.DryRun);
    return { CiphertextBlob: ciphertext, KeyId: found.arn, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
  },
});
