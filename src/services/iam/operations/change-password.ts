import { ChangePasswordCommand, InvalidUserTypeException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import type { Access, Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { findLoginProfile } from "../credentials/passwords/find.ts";
import { isPassword } from "../credentials/passwords/password-hash.ts";
import { newHashes, replacePassword } from "../credentials/passwords/passwords.ts";
import { onUser } from "../entities/access.ts";
import { entityArn } from "../entities/entity.ts";
import { findUser } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html */
export const changePassword = operation(ChangePasswordCommand)({
  // Who is no user hears so when it is done, not here.
  access: async (_input, call, context: Iam): Promise<Access> =>
    call.principal.userName === undefined
      ? { action: "iam:ChangePassword", resource: entityArn(call, "user", "/", "*") }
      : {
          ...(await onUser("iam:ChangePassword")({ UserName: call.principal.userName }, call, context)),
          grants: () => grantOfAccount(call, context),
        },
  async run(input, { store, ids }, call) {
    const user = await findUser(store, call, callersName(call));
    const found = await findLoginProfile(store, user);
    if (!(await isPassword(input.OldPassword, found.hashes[0] ?? ""))) throw wrongPassword();
    const hashes = await newHashes(store, ids, user, input.NewPassword, found.hashes);
    const changed = { ...found, hashes, changedAt: call.time, resetRequired: false };
    // Where the password is another by now, the old one is wrong.
    if (!(await store.transaction((store) => replacePassword(store, user, found, changed)))) throw wrongPassword();
    return {};
  },
});

function callersName({ principal }: Call): string {
  if (principal.kind === "user" && principal.userName !== undefined) return principal.userName;
  throw new ApiError(InvalidUserTypeException$, "Only IAM Users can change their own password");
}

/** The account's password policy may let every user change the own password. */
async function grantOfAccount({ account, principal }: Call, { store }: Iam) {
  const { passwordPolicy } = await store.findAccountSettings(account);
  if (!passwordPolicy?.allowChange) return [];
  const actions = ["iam:ChangePassword"];
  return [{ id: "account password policy", principals: [principal.arn], actions, conditions: [] }];
}

function wrongPassword(): ApiError {
  return new ApiError({ code: "AccessDenied", status: 403 }, "The old password was incorrect.");
}
