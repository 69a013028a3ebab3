import { PutUserPermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { boundaryCondition, onUser } from "../entities/access.ts";
import { findBoundary, findUser } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html */
export const putUserPermissionsBoundary = operation(PutUserPermissionsBoundaryCommand)({
  access: onUser("iam:PutUserPermissionsBoundary", ({ PermissionsBoundary: arn }) => boundaryCondition(arn)),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { id } = await findUser(store, call, input.UserName);
      await findBoundary(store, call, input.PermissionsBoundary);
      await store.updateEntity(id, { boundaryArn: input.PermissionsBoundary });
    });
    return {};
  },
});
