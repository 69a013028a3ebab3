import { KMSInvalidSignatureException$, VerifyCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { isSignatureOf } from "../cryptography/signatures.ts";
import { signingAccess, signingKey } from "../cryptography/signing-request.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html */
export const verify = operation(VerifyCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, input, call) => signingAccess(call, found, input),
  async run(found, input, context, call) {
    const { key, signed } = await signingKey(context, found, "Verify", input);
    // AWS says nothing more.
    if (!(await isSignatureOf(key, signed, input.Signature))) throw new ApiError(KMSInvalidSignatureException$, "");
    refuseDryRun(input.DryRun);
    context.store.usages.note(found.key, "Verify", call);
    return { KeyId: found.arn, SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm };
  },
});
