import { DeleteUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { deleteInlinePolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html */
export const deleteUserPolicy = operation(DeleteUserPolicyCommand)({
  access: onUser("iam:DeleteUserPolicy"),
  async run(input, { store }: Iam, call) {
    await deleteInlinePolicy(store, await findUser(store, call, input.UserName), input.PolicyName);
    return {};
  },
});
