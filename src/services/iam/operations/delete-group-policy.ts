import { DeleteGroupPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { findGroup, unchanged } from "../entities/find.ts";
import { deleteInlinePolicy } from "../entities/policies/inline.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html */
export const deleteGroupPolicy = operation(DeleteGroupPolicyCommand)({
  find: findGroup,
  access: onEntity,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      await deleteInlinePolicy(store, await unchanged(store, found), input.PolicyName);
    });
    return {};
  },
});
