import { DeleteLoginProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import { onUser, userNameOf } from "../access.ts";
import type { Iam } from "../context.ts";
import { findUser } from "../find.ts";
import { noLoginProfile } from "../find-login-profile.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html */
export const deleteLoginProfile = operation(DeleteLoginProfileCommand)({
  access: onUser("iam:DeleteLoginProfile"),
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, userNameOf(input, call));
    if (!(await store.deleteLoginProfile(user.id))) throw noLoginProfile(user);
    return {};
  },
});
