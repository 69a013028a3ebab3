import { ChangePasswordCommand, InvalidUserTypeException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import type { Call, Grant } from "../../../model/call.ts";
import { accessDenied } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { AccountSettings } from "../account/settings.ts";
import type { Iam } from "../context.ts";
import { existingLoginProfile } from "../credentials/passwords/find.ts";
import { isPassword } from "../credentials/passwords/password-hash.ts";
import { newHashes, replacePassword } from "../credentials/passwords/passwords.ts";
import { onEntity } from "../entities/access.ts";
import { entityArn } from "../entities/entity.ts";
import { existing, findUser, unchanged } from "../entities/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html */
export const changePassword = operation(ChangePasswordCommand)({
  /** `undefined` for callers that are not users. */
  find: async (_input, call, context: Iam) => {
    const { userName } = call.principal;
    if (userName === undefined) return undefined;
    const user = await findUser({ UserName: userName }, call, context);
    return { ...user, settings: await context.store.account.settings(call.account) };
  },
  access: (found, input, call) =>
    found
      ? { ...onEntity(found, input, call), grants: async () => grantsOf(found.settings, call) }
      : { resource: entityArn(call, "user", "/", "*") },
  async run(found, input, { store, ids }, call) {
    if (!found || call.principal.kind !== "user") {
      throw new ApiError(InvalidUserTypeException$, "Only IAM Users can change their own password");
    }
    const user = existing(found);
    const before = await existingLoginProfile(store, user);
    if (!(await isPassword(input.OldPassword, before.hashes[0] ?? ""))) throw wrongPassword();
    const hashes = await newHashes(found.settings, ids, user, input.NewPassword, before.hashes);
    const changed = { ...before, hashes, changedAt: call.time, resetRequired: false };
    const isReplaced = await store.transaction(async (store) =>
      replacePassword(store, await unchanged(store, found), before, changed),
    );
    // The password was changed in the meantime, so that the old one is wrong.
    if (!isReplaced) throw wrongPassword();
    return {};
  },
});

/** The account's password policy may let every user change the own password. */
function grantsOf({ passwordPolicy: policy }: AccountSettings, { principal }: Call): Grant[] {
  if (!policy?.allowChange) return [];
  const actions = ["iam:ChangePassword"];
  return [{ id: "account password policy", principals: [principal.arn], actions, conditions: [] }];
}

function wrongPassword(): ApiError {
  return accessDenied("The old password was incorrect.");
}
