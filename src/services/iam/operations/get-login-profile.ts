import { GetLoginProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { findLoginProfile } from "../credentials/passwords/find.ts";
import { onUser, userNameOf } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html */
export const getLoginProfile = operation(GetLoginProfileCommand)({
  access: onUser("iam:GetLoginProfile"),
  async run(input, { store }: Iam, call) {
    const user = await findUser(store, call, userNameOf(input, call));
    const { createdAt, resetRequired } = await findLoginProfile(store, user);
    return { LoginProfile: { UserName: user.name, CreateDate: createdAt, PasswordResetRequired: resetRequired } };
  },
});
