import { DeleteUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { onUser } from "./access.ts";
import { cannotDelete } from "./errors.ts";
import { findUser } from "./find.ts";
import type { Iam } from "./index.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser = operation(DeleteUserCommand)({
  access: onUser("iam:DeleteUser"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const { id } = await findUser(store, call, input.UserName);
      const conflict =
        (await store.listGroupsOf(id)).length > 0
          ? "must remove users from group first"
          : (await store.listAttached(id)).length > 0
            ? "must detach all policies first"
            : (await store.listInline(id)).length > 0
              ? "must delete policies first"
              : (await store.listAccessKeys(id)).length > 0
                ? "must delete access keys first"
                : undefined;
      if (conflict) throw cannotDelete(conflict);
      await store.deleteEntity(id);
    });
    return {};
  },
});
