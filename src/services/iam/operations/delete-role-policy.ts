import { DeleteRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onRole } from "../access.ts";
import type { Iam } from "../context.ts";
import { findModifiableRole } from "../find.ts";
import { deleteInlinePolicy } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export const deleteRolePolicy = operation(DeleteRolePolicyCommand)({
  access: onRole("iam:DeleteRolePolicy"),
  async run(input, { store }: Iam, call) {
    await deleteInlinePolicy(store, await findModifiableRole(store, call, input.RoleName), input.PolicyName);
    return {};
  },
});
