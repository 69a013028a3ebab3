import { timingSafeEqual } from "node:crypto";
import { KMSInvalidMacException$, VerifyMacCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { macAccess, macOf } from "../cryptography/mac.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html */
export const verifyMac = operation(VerifyMacCommand)({
  access: (input, call, context: Kms) => macAccess(context, call, "VerifyMac", input),
  async run(input, context, call) {
    const { mac, found } = await macOf(context, call, "VerifyMac", input);
    const isValid = input.Mac.length === mac.length && timingSafeEqual(input.Mac, mac);
    // AWS says nothing more.
    if (!isValid) throw new ApiError(KMSInvalidMacException$, "");
    refuseDryRun(input.DryRun);
    return { KeyId: found.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
  },
});
