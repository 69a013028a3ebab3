import { DeleteRolePermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onBoundedEntity } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { modifiable } from "../entities/service-linked-roles/service-linked-role.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export const deleteRolePermissionsBoundary = operation(DeleteRolePermissionsBoundaryCommand)({
  find: findRole,
  access: onBoundedEntity,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { id } = modifiable(await unchanged(store, found));
      await store.roles.update(id, { boundaryArn: null });
    });
    return {};
  },
});
