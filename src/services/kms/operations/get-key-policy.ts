import { GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { refuseOtherPolicyName } from "../keys/check-policy.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export const getKeyPolicy = operation(GetKeyPolicyCommand)({
  find: (input, call, context: Kms) =>
    findKey(context, call, input.KeyId, { operation: "GetKeyPolicy", managed: true }),
  access: (found, _input, call) => keyAccess(call, found),
  async run({ key }, input) {
    refuseOtherPolicyName(input.PolicyName);
    return { Policy: key.policy, PolicyName: "default" };
  },
});
