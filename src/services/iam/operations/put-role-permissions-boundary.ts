import { PutRolePermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { boundaryCondition, onRole } from "../entities/access.ts";
import { findBoundary, findModifiableRole } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export const putRolePermissionsBoundary = operation(PutRolePermissionsBoundaryCommand)({
  access: onRole("iam:PutRolePermissionsBoundary", ({ PermissionsBoundary: arn }) => boundaryCondition(arn)),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { id } = await findModifiableRole(store, call, input.RoleName);
      await findBoundary(store, call, input.PermissionsBoundary);
      await store.updateEntity(id, { boundaryArn: input.PermissionsBoundary });
    });
    return {};
  },
});
