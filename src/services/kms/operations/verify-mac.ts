import { timingSafeEqual } from "node:crypto";
import { KMSInvalidMacException$, VerifyMacCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { macAccess, macOf } from "../cryptography/mac.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html */
export const verifyMac = operation(VerifyMacCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, input, call) => macAccess(call, found, input),
  async run(found, input, context, call) {
    const mac = await macOf(context, found, "VerifyMac", input);
    const isValid = input.Mac.length === mac.length && timingSafeEqual(input.Mac, mac);
    // AWS says nothing more.
    if (!isValid) throw new ApiError(KMSInvalidMacException$, "");
    refuseDryRun(input.DryRun);
    context.store.usages.note(found.key, "VerifyMac", call);
    return { KeyId: found.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
  },
});
