import { DeleteRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findModifiableRole } from "../entities/find.ts";
import { deleteInlinePolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export const deleteRolePolicy = operation(DeleteRolePolicyCommand)({
  access: onRole("iam:DeleteRolePolicy"),
  async run(input, { store }: Iam, call) {
    await deleteInlinePolicy(store, await findModifiableRole(store, call, input.RoleName), input.PolicyName);
    return {};
  },
});
