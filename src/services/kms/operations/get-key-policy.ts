import { GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import { refuseOtherPolicyName } from "../check-key-policy.ts";
import type { Kms } from "../context.ts";
import { keyAccess, toRead } from "../key-access.ts";
import { requestedKey } from "../requested-key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export const getKeyPolicy = operation(GetKeyPolicyCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "GetKeyPolicy", input.KeyId, toRead),
  async run(input, context, call) {
    refuseOtherPolicyName(input.PolicyName);
    const { key } = await requestedKey(context, call, input.KeyId);
    return { Policy: key.policy, PolicyName: "default" };
  },
});
