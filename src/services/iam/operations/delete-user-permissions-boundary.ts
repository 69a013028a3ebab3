import { DeleteUserPermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onUser } from "../access.ts";
import type { Iam } from "../context.ts";
import { findUser } from "../find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html */
export const deleteUserPermissionsBoundary = operation(DeleteUserPermissionsBoundaryCommand)({
  access: onUser("iam:DeleteUserPermissionsBoundary"),
  async run(input, { store }: Iam, call) {
    const { id } = await findUser(store, call, input.UserName);
    await store.updateEntity(id, { boundaryArn: null });
    return {};
  },
});
