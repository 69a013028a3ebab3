import { GetRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findRole } from "../entities/find.ts";
import { roleLastUsed, roleShape } from "../entities/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const getRole = operation(GetRoleCommand)({
  access: onRole("iam:GetRole"),
  async run(input, { store }: Iam, call) {
    const role = await findRole(store, call, input.RoleName);
    const use = (await store.findUses([role.id])).get(role.id);
    return { Role: { ...roleShape(call, role), RoleLastUsed: roleLastUsed(use) } };
  },
});
