import { DeleteUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onUser } from "../access.ts";
import type { Iam } from "../context.ts";
import { findUser } from "../find.ts";
import { deleteInlinePolicy } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html */
export const deleteUserPolicy = operation(DeleteUserPolicyCommand)({
  access: onUser("iam:DeleteUserPolicy"),
  async run(input, { store }: Iam, call) {
    await deleteInlinePolicy(store, await findUser(store, call, input.UserName), input.PolicyName);
    return {};
  },
});
