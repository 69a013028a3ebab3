import { UpdateUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { entityExists } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html */
export const updateUser = operation(UpdateUserCommand)({
  access: onUser("iam:UpdateUser"),
  async run(input, { store }: Iam, call) {
    const { NewUserName: name, NewPath: path } = input;
    await store.transaction(async (store) => {
      const user = await findUser(store, call, input.UserName);
      // Not even to its own name in other letters, as on AWS.
      const renamed = name !== undefined && name !== user.name;
      if (renamed && (await store.isTaken(call.account, "user", name))) throw entityExists("user", name);
      await store.updateEntity(user.id, { name, path });
    });
    return {};
  },
});
