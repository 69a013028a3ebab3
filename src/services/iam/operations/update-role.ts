import { UpdateRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findRole } from "../entities/find.ts";
import { checkModifiable } from "../entities/service-linked-roles/service-linked-role.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
export const updateRole = operation(UpdateRoleCommand)({
  access: onRole("iam:UpdateRole"),
  async run(input, { store }: Iam, call) {
    const role = await findRole(store, call, input.RoleName);
    // The description of a service-linked role may be changed.
    if (input.MaxSessionDuration !== undefined) checkModifiable(role);
    const { id } = role;
    await store.updateEntity(id, { description: input.Description, maxSessionDuration: input.MaxSessionDuration });
    return {};
  },
});
