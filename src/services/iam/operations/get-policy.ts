import { GetPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicy } from "../entities/access.ts";
import { findPolicy } from "../entities/find.ts";
import { policyShape } from "../entities/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy = operation(GetPolicyCommand)({
  access: onPolicy("iam:GetPolicy"),
  async run(input, { store }: Iam, call) {
    const policy = await findPolicy(store, call, input.PolicyArn);
    return { Policy: policyShape(policy, await store.countUsers(call.account, policy.arn)) };
  },
});
