import { DeleteConflictException$, DeleteUserCommand } from "@aws-sdk/client-iam";
import { ApiError } from "../../aws/api-error.ts";
import { operation } from "../../aws/operation.ts";
import { onUser } from "./access.ts";
import { findUser } from "./find.ts";
import type { Iam } from "./index.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser = operation(DeleteUserCommand)({
  access: onUser("iam:DeleteUser"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { id } = await findUser(store, call, input.UserName);
      const conflict =
        (await store.listAttached(id)).length > 0
          ? "must detach all policies first"
          : (await store.listInline(id)).length > 0
            ? "must delete policies first"
            : (await store.listAccessKeys(id)).length > 0
              ? "must delete access keys first"
              : undefined;
      if (conflict) throw new ApiError(DeleteConflictException$, `Cannot delete entity, ${conflict}.`);
      await store.deleteEntity(id);
    });
    return {};
  },
});
