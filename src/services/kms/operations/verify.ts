import { KMSInvalidSignatureException$, VerifyCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { isSignatureOf } from "../cryptography/signatures.ts";
import { signingAccess, signingKey } from "../cryptography/signing-request.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html */
export const verify = operation(VerifyCommand)({
  access: (input, call, context: Kms) => signingAccess(context, call, "Verify", input),
  async run(input, context, call) {
    const { key, found, signed } = await signingKey(context, call, "Verify", input);
    // AWS says nothing more.
    if (!(await isSignatureOf(key, signed, input.Signature))) throw new ApiError(KMSInvalidSignatureException$, "");
    refuseDryRun(input.DryRun);
    return { KeyId: found.arn, SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm };
  },
});
