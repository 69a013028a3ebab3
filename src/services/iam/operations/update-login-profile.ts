import { UpdateLoginProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { findLoginProfile } from "../credentials/passwords/find.ts";
import { newHashes, replacePassword } from "../credentials/passwords/passwords.ts";
import type { LoginProfile } from "../credentials/passwords/records.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html */
export const updateLoginProfile = operation(UpdateLoginProfileCommand)({
  access: onUser("iam:UpdateLoginProfile"),
  async run(input, { store, ids }: Iam, call) {
    const user = await findUser(store, call, input.UserName);
    // Once more for each other change that came between.
    for (let isDone = false; !isDone; ) {
      const found = await findLoginProfile(store, user);
      const { Password: password, PasswordResetRequired: resetRequired = found.resetRequired } = input;
      const changed: LoginProfile = {
        ...found,
        ...(password !== undefined && {
          hashes: await newHashes(store, ids, user, password, found.hashes),
          changedAt: call.time,
        }),
        resetRequired,
      };
      isDone = await store.transaction((store) => replacePassword(store, user, found, changed));
    }
    return {};
  },
});
