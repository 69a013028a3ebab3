import { PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { bypass, keyAccess, toChange } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";
import { refuseLockout, refuseMalformedPolicy, refuseOtherPolicyName } from "../keys/check-policy.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export const putKeyPolicy = operation(PutKeyPolicyCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "PutKeyPolicy", input.KeyId, toChange, bypass(input)),
  async run(input, context, call) {
    refuseOtherPolicyName(input.PolicyName);
    await refuseMalformedPolicy(context, call, input.Policy);
    const { key, arn } = await requestedKey(context, call, input.KeyId);
    if (!input.BypassPolicyLockoutSafetyCheck) {
      await refuseLockout(context, call, { key: { ...key, policy: input.Policy }, arn });
    }
    await changeKey(context, call, input.KeyId, () => ({ policy: input.Policy }));
    return {};
  },
});
