import { GetLoginProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { existingLoginProfile } from "../credentials/passwords/find.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html */
export const getLoginProfile = operation(GetLoginProfileCommand)({
  find: findUser,
  access: onEntity,
  async run(found, _input, { store }) {
    const user = existing(found);
    const { createdAt, resetRequired } = await existingLoginProfile(store, user);
    return { LoginProfile: { UserName: user.name, CreateDate: createdAt, PasswordResetRequired: resetRequired } };
  },
});
