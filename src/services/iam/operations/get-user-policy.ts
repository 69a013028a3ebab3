import { GetUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onUser } from "../access.ts";
import type { Iam } from "../context.ts";
import { findUser } from "../find.ts";
import { getInlinePolicy } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const getUserPolicy = operation(GetUserPolicyCommand)({
  access: onUser("iam:GetUserPolicy"),
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, input.UserName);
    return { UserName: user.name, ...(await getInlinePolicy(store, user, input.PolicyName)) };
  },
});
