import { DeleteRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onBoundedEntity } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { deleteInlinePolicy } from "../entities/policies/inline.ts";
import { modifiable } from "../entities/service-linked-roles/service-linked-role.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export const deleteRolePolicy = operation(DeleteRolePolicyCommand)({
  find: findRole,
  access: onBoundedEntity,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      await deleteInlinePolicy(store, modifiable(await unchanged(store, found)), input.PolicyName);
    });
    return {};
  },
});
