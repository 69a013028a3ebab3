import { DeleteLoginProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { onUser, userNameOf } from "./access.ts";
import { findUser } from "./find.ts";
import { noLoginProfile } from "./find-login-profile.ts";
import type { Iam } from "./index.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html */
export const deleteLoginProfile = operation(DeleteLoginProfileCommand)({
  access: onUser("iam:DeleteLoginProfile"),
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, userNameOf(input, call));
    if (!(await store.deleteLoginProfile(user.id))) throw noLoginProfile(user);
    return {};
  },
});
