import { GenerateMacCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { refuseDryRun } from "../cryptography/key-use.ts";
import { macAccess, macOf } from "../cryptography/mac.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html */
export const generateMac = operation(GenerateMacCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId),
  access: (found, input, call) => macAccess(call, found, input),
  async run(found, input, context, call) {
    const mac = await macOf(context, found, "GenerateMac", input);
    refuseDryRun(input.DryRun);
    context.store.usages.note(found.key, "GenerateMac", call);
    return { Mac: mac, MacAlgorithm: input.MacAlgorithm, KeyId: found.arn };
  },
});
