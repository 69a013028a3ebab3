import { DeleteRolePermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findModifiableRole } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export const deleteRolePermissionsBoundary = operation(DeleteRolePermissionsBoundaryCommand)({
  access: onRole("iam:DeleteRolePermissionsBoundary"),
  async run(input, { store }: Iam, call) {
    const { id } = await findModifiableRole(store, call, input.RoleName);
    await store.updateEntity(id, { boundaryArn: null });
    return {};
  },
});
