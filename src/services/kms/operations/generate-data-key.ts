import { GenerateDataKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { dataKeyAccess, makeDataKey } from "../cryptography/data-key.ts";
import { materialMember, refuseDryRun, refuseRecipient } from "../cryptography/key-use.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
export const generateDataKey = operation(GenerateDataKeyCommand)({
  access: (input, call, context: Kms) => dataKeyAccess(context, call, "GenerateDataKey", input),
  async run(input, context, call) {
    refuseRecipient(input.Recipient);
    const { plaintext, ciphertext, found } = await makeDataKey(context, call, "GenerateDataKey", input);
    refuseDryRun(input.DryRun);
    return { CiphertextBlob: ciphertext, Plaintext: plaintext, KeyId: found.arn, ...materialMember(found) };
  },
});
