import { GetRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onBoundedEntity } from "../entities/access.ts";
import { existing, findRole } from "../entities/find.ts";
import { roleLastUsed, roleShape } from "../entities/shape.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const getRole = operation(GetRoleCommand)({
  find: findRole,
  access: onBoundedEntity,
  async run(found, _input, { store }, call) {
    const role = existing(found);
    const use = (await store.uses.find([role.id])).get(role.id);
    return { Role: { ...roleShape(call, role), RoleLastUsed: roleLastUsed(use) } };
  },
});
