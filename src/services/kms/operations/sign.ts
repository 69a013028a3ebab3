import { SignCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { signatureOf } from "../cryptography/signatures.ts";
import { signingAccess, signingKey } from "../cryptography/signing-request.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
export const sign = operation(SignCommand)({
  access: (input, call, context: Kms) => signingAccess(context, call, "Sign", input),
  async run(input, context, call) {
    const { key, found, signed } = await signingKey(context, call, "Sign", input);
    refuseDryRun(input.DryRun);
    const signature = await signatureOf(key, signed);
    return { KeyId: found.arn, Signature: signature, SigningAlgorithm: input.SigningAlgorithm };
  },
});
