import { DeleteUserPermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onBoundedEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html */
export const deleteUserPermissionsBoundary = operation(DeleteUserPermissionsBoundaryCommand)({
  find: findUser,
  access: onBoundedEntity,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const { id } = await unchanged(store, found);
      await store.users.update(id, { boundaryArn: null });
    });
    return {};
  },
});
