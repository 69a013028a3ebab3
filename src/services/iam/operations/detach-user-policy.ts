import { DetachUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { detachPolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html */
export const detachUserPolicy = operation(DetachUserPolicyCommand)({
  access: onUser("iam:DetachUserPolicy", ({ PolicyArn: arn }) => ({ "iam:PolicyARN": arn })),
  async run(input, { store }: Iam, call) {
    await detachPolicy(store, await findUser(store, call, input.UserName), input.PolicyArn);
    return {};
  },
});
