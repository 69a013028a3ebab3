import { DeleteUserPermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html */
export const deleteUserPermissionsBoundary = operation(DeleteUserPermissionsBoundaryCommand)({
  access: onUser("iam:DeleteUserPermissionsBoundary"),
  async run(input, { store }: Iam, call) {
    const { id } = await findUser(store, call, input.UserName);
    await store.updateEntity(id, { boundaryArn: null });
    return {};
  },
});
