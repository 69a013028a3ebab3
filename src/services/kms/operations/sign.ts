import { SignCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { signatureOf } from "../cryptography/signatures.ts";
import { signingAccess, signingKey } from "../cryptography/signing-request.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
export const sign = operation(SignCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, input, call) => signingAccess(call, found, input),
  async run(found, input, context, call) {
    const { key, signed } = await signingKey(context, found, "Sign", input);
    refuseDryRun(input.DryRun);
    const signature = await signatureOf(key, signed);
    context.store.usages.note(found.key, "Sign", call);
    return { KeyId: found.arn, Signature: signature, SigningAlgorithm: input.SigningAlgorithm };
  },
});
