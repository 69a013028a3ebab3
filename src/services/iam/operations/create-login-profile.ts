import { CreateLoginProfileCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { validationError } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import { newHashes } from "../credentials/passwords/passwords.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser, unchanged } from "../entities/find.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html */
export const createLoginProfile = operation(CreateLoginProfileCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store, ids }, call) {
    if (input.Password === undefined) {
      throw validationError(
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
      );
    }
    const settings = await store.account.settings(call.account);
    const hashes = await newHashes(settings, ids, existing(found), input.Password, []);
    const at = wholeSeconds(call.time);
    const resetRequired = input.PasswordResetRequired ?? false;
    const user = await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      if (await store.loginProfiles.find(user.id)) {
        throw new ApiError(EntityAlreadyExistsException$, `Login Profile for user ${user.name} already exists.`);
      }
      await store.loginProfiles.put(user.id, { hashes, createdAt: at, changedAt: at, resetRequired });
      return user;
    });
    return { LoginProfile: { UserName: user.name, CreateDate: at, PasswordResetRequired: resetRequired } };
  },
});
