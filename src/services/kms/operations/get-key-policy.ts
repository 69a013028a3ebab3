import { GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyAccess, toRead } from "../keys/access.ts";
import { refuseOtherPolicyName } from "../keys/check-policy.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export const getKeyPolicy = operation(GetKeyPolicyCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "GetKeyPolicy", input.KeyId, toRead),
  async run(input, context, call) {
    refuseOtherPolicyName(input.PolicyName);
    const { key } = await requestedKey(context, call, input.KeyId);
    return { Policy: key.policy, PolicyName: "default" };
  },
});
