import { UpdateUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { entityExists } from "../entities/errors.ts";
import { findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html */
export const updateUser = operation(UpdateUserCommand)({
  find: findUser,
  access: onEntity,
  async run(found, { NewUserName: name, NewPath: path }, { store }, call) {
    await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      // AWS refuses even a user's own name in other letters.
      const isRenamed = name !== undefined && name !== user.name;
      if (isRenamed && (await store.users.isTaken(call.account, name))) throw entityExists("user", name);
      await store.users.update(user.id, { name, path });
    });
    return {};
  },
});
