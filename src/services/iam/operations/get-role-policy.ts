import { GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findRole } from "../entities/find.ts";
import { getInlinePolicy } from "../entities/policies/inline.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export const getRolePolicy = operation(GetRolePolicyCommand)({
  find: findRole,
  access: onEntity,
  async run(found, input, { store }) {
    const role = existing(found);
    return { RoleName: role.name, ...(await getInlinePolicy(store, role, input.PolicyName)) };
  },
});
