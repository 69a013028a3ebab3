import { GetPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPolicy } from "../policies/access.ts";
import { existingPolicy, findPolicy } from "../policies/find.ts";
import { policyShape } from "../policies/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy = operation(GetPolicyCommand)({
  find: findPolicy,
  access: onPolicy,
  async run(found, _input, { store }, call) {
    const policy = existingPolicy(found);
    return { Policy: policyShape(policy, await store.attachments.countEntities(call.account, policy.arn)) };
  },
});
