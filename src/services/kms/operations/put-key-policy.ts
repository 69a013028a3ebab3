import { PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { changedMeanwhile } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";
import { refuseLockout, refuseMalformedPolicy, refuseOtherPolicyName } from "../keys/check-policy.ts";
import { bypass } from "../keys/conditions.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export const putKeyPolicy = operation(PutKeyPolicyCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "PutKeyPolicy" }),
  access: (found, input, call) => keyAccess(call, found, bypass(input)),
  async run(found, input, context, call) {
    const { key, arn } = found;
    const { Policy: policy } = input;
    refuseOtherPolicyName(input.PolicyName);
    await refuseMalformedPolicy(context, call, policy);
    if (!input.BypassPolicyLockoutSafetyCheck) {
      await refuseLockout(context, call, { key: { ...key, policy }, arn });
    }
    await changeKey(context, found, (current) => {
      // Another policy was put since this call was authorised. It may not allow this call.
      if (current.key.policy !== key.policy) throw changedMeanwhile(`The key policy of ${arn}`);
      return { policy };
    });
    return {};
  },
});
