import { GenerateDataKeyWithoutPlaintextCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { dataKeyAccess, makeDataKey } from "../cryptography/data-key.ts";
import { materialMember, refuseDryRun } from "../cryptography/key-use.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html */
export const generateDataKeyWithoutPlaintext = operation(GenerateDataKeyWithoutPlaintextCommand)({
  access: (input, call, context: Kms) => dataKeyAccess(context, call, "GenerateDataKeyWithoutPlaintext", input),
  async run(input, context, call) {
    const { ciphertext, found } = await makeDataKey(context, call, "GenerateDataKeyWithoutPlaintext", input);
    refuseDryRun(input.DryRun);
    return { CiphertextBlob: ciphertext, KeyId: found.arn, ...materialMember(found) };
  },
});
