import { DetachRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAttachment } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { detachPolicy } from "../entities/policies/attached.ts";
import { modifiable } from "../entities/service-linked-roles/service-linked-role.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
export const detachRolePolicy = operation(DetachRolePolicyCommand)({
  find: findRole,
  access: onAttachment,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      await detachPolicy(store, modifiable(await unchanged(store, found)), input.PolicyArn);
    });
    return {};
  },
});
