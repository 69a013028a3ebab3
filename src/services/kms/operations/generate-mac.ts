import { GenerateMacCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { macAccess, macOf } from "../cryptography/mac.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html */
export const generateMac = operation(GenerateMacCommand)({
  access: (input, call, context: Kms) => macAccess(context, call, "GenerateMac", input),
  async run(input, context, call) {
    const { mac, found } = await macOf(context, call, "GenerateMac", input);
    refuseDryRun(input.DryRun);
    return { Mac: mac, MacAlgorithm: input.MacAlgorithm, KeyId: found.arn };
  },
});
