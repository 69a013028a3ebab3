import { GetPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onPolicy } from "../access.ts";
import type { Iam } from "../context.ts";
import { findPolicy } from "../find.ts";
import { policyShape } from "../shapes.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy = operation(GetPolicyCommand)({
  access: onPolicy("iam:GetPolicy"),
  async run(input, { store }: Iam, call) {
    const policy = await findPolicy(store, call, input.PolicyArn);
    return { Policy: policyShape(policy, await store.countUsers(call.account, policy.arn)) };
  },
});
