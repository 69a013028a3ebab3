import { GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onRole } from "../access.ts";
import type { Iam } from "../context.ts";
import { findRole } from "../find.ts";
import { getInlinePolicy } from "../policies-of-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export const getRolePolicy = operation(GetRolePolicyCommand)({
  access: onRole("iam:GetRolePolicy"),
  async run(input, { store }: Iam, call) {
    const role = await findRole(store, call, input.RoleName);
    return { RoleName: role.name, ...(await getInlinePolicy(store, role, input.PolicyName)) };
  },
});
