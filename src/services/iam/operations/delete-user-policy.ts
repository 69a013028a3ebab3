import { DeleteUserPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onBoundedEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";
import { deleteInlinePolicy } from "../entities/policies/inline.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html */
export const deleteUserPolicy = operation(DeleteUserPolicyCommand)({
  find: findUser,
  access: onBoundedEntity,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      await deleteInlinePolicy(store, await unchanged(store, found), input.PolicyName);
    });
    return {};
  },
});
