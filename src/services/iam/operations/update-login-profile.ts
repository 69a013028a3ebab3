import { UpdateLoginProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { existingLoginProfile } from "../credentials/passwords/find.ts";
import { newHashes, replacePassword } from "../credentials/passwords/passwords.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html */
export const updateLoginProfile = operation(UpdateLoginProfileCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input, { store, ids }, call) {
    const user = existing(found);
    const settings = await store.account.settings(call.account);
    // Tries again after each change that another request made in the meantime.
    for (let isDone = false; !isDone; ) {
      const before = await existingLoginProfile(store, user);
      const { Password: password, PasswordResetRequired: resetRequired = before.resetRequired } = input;
      const replaced =
        password === undefined
          ? {}
          : { hashes: await newHashes(settings, ids, user, password, before.hashes), changedAt: call.time };
      const changed = { ...before, ...replaced, resetRequired };
      isDone = await store.transaction(async (store) =>
        replacePassword(store, await unchanged(store, found), before, changed),
      );
    }
    return {};
  },
});
