import { GetUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { onUser } from "./access.ts";
import { findUser } from "./find.ts";
import type { Iam } from "./index.ts";
import { getInlinePolicy } from "./policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const getUserPolicy = operation(GetUserPolicyCommand)({
  access: onUser("iam:GetUserPolicy"),
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, input.UserName);
    return { UserName: user.name, ...(await getInlinePolicy(store, user, input.PolicyName)) };
  },
});
