import { GetUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { getInlinePolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const getUserPolicy = operation(GetUserPolicyCommand)({
  access: onUser("iam:GetUserPolicy"),
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, input.UserName);
    return { UserName: user.name, ...(await getInlinePolicy(store, user, input.PolicyName)) };
  },
});
