import { PutUserPermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onNewBoundary } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";
import { checkBoundary } from "../policies/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html */
export const putUserPermissionsBoundary = operation(PutUserPermissionsBoundaryCommand)({
  find: findUser,
  access: onNewBoundary,
  async run(found, input, { store }, call) {
    await store.transaction(async (store) => {
      const { id } = await unchanged(store, found);
      await checkBoundary(store, call, input.PermissionsBoundary);
      await store.users.update(id, { boundaryArn: input.PermissionsBoundary });
    });
    return {};
  },
});
