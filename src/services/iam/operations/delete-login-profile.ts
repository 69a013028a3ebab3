import { DeleteLoginProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { noLoginProfile } from "../credentials/passwords/find.ts";
import { onUser, userNameOf } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html */
export const deleteLoginProfile = operation(DeleteLoginProfileCommand)({
  access: onUser("iam:DeleteLoginProfile"),
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, userNameOf(input, call));
    if (!(await store.deleteLoginProfile(user.id))) throw noLoginProfile(user);
    return {};
  },
});
