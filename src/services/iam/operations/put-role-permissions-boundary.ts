import { PutRolePermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onNewBoundary } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { modifiable } from "../entities/service-linked-roles/service-linked-role.ts";
import { checkBoundary } from "../policies/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export const putRolePermissionsBoundary = operation(PutRolePermissionsBoundaryCommand)({
  find: findRole,
  access: onNewBoundary,
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      const { id } = modifiable(await unchanged(store, found));
      await checkBoundary(store, call, input.PermissionsBoundary);
      await store.roles.update(id, { boundaryArn: input.PermissionsBoundary });
    });
    return {};
  },
});
