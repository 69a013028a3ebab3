import { GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findRole } from "../entities/find.ts";
import { getInlinePolicy } from "../entities/policies/attached.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export const getRolePolicy = operation(GetRolePolicyCommand)({
  access: onRole("iam:GetRolePolicy"),
  async run(input, { store }: Iam, call) {
    const role = await findRole(store, call, input.RoleName);
    return { RoleName: role.name, ...(await getInlinePolicy(store, role, input.PolicyName)) };
  },
});
