import { CreateLoginProfileCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { newHashes } from "../credentials/passwords/passwords.ts";
import { onUser, userNameOf } from "../entities/access.ts";
import { wholeSeconds } from "../entities/entity.ts";
import { findUser } from "../entities/find.ts";
import { validationError } from "../errors.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html */
export const createLoginProfile = operation(CreateLoginProfileCommand)({
  access: onUser("iam:CreateLoginProfile"),
  async run(input, { store, ids }: Iam, call) {
    const name = userNameOf(input, call);
    if (input.Password === undefined) {
      throw validationError(
        "1 validation error detected: Value null at 'password' failed to satisfy constraint: Member must not be null",
      );
    }
    const hashes = await newHashes(store, ids, await findUser(store, call, name), input.Password, []);
    const at = wholeSeconds(call.time);
    const resetRequired = input.PasswordResetRequired ?? false;
    const user = await store.transaction(async (store) => {
      const user = await findUser(store, call, name);
      if (await store.findLoginProfile(user.id)) {
        throw new ApiError(EntityAlreadyExistsException$, `Login Profile for user ${user.name} already exists.`);
      }
      await store.putLoginProfile(user.id, { hashes, createdAt: at, changedAt: at, resetRequired });
      return user;
    });
    return { LoginProfile: { UserName: user.name, CreateDate: at, PasswordResetRequired: resetRequired } };
  },
});
