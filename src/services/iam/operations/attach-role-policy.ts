import { AttachRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onAttachment } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { attachPolicy } from "../entities/policies/attached.ts";
import { modifiable } from "../entities/service-linked-roles/service-linked-role.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const attachRolePolicy = operation(AttachRolePolicyCommand)({
  find: findRole,
  access: onAttachment,
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      await attachPolicy(store, call, modifiable(await unchanged(store, found)), input.PolicyArn);
    });
    return {};
  },
});
