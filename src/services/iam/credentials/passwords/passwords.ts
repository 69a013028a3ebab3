import type { Ids } from "../../../../ids.ts";
import { ApiError } from "../../../../model/api-error.ts";
import { lazySdk } from "../../../../model/lazy-sdk.ts";
import type { AccountSettings } from "../../account/settings.ts";
import type { User } from "../../entities/entity.ts";
import type { IamRecords } from "../../store.ts";
import type { LoginProfile } from "./login-profile.ts";
import { hashPassword, isPassword } from "./password-hash.ts";
import { passwordFault } from "./password-policy.ts";

const sdk = lazySdk<typeof import("@aws-sdk/client-iam")>("@aws-sdk/client-iam");

/** The most passwords that a policy can forbid to use again. */
const mostHashes = 24;

/** Refuses a new password that the account's policy does not allow: with PasswordPolicyViolationException. */
export async function checkNewPassword(
  { passwordPolicy: policy, alias }: AccountSettings,
  account: string,
  password: string,
  before: readonly string[],
): Promise<void> {
  const fault = passwordFault(password, policy, alias === undefined ? [account] : [account, alias]);
  if (fault !== undefined) throw new ApiError(sdk().PasswordPolicyViolationException$, fault);
  for (const hash of before.slice(0, policy?.reusePrevention ?? 0)) {
    if (await isPassword(password, hash)) {
      throw new ApiError(
        sdk().PasswordPolicyViolationException$,
        "Password does not conform to the account password policy: it was used before",
      );
    }
  }
}

/**
 * The hashes of a new password and of those before it. Refuses a password that the account's policy does not allow. Call it
 * outside of transactions: it takes tens of milliseconds, and more where earlier passwords are compared.
 */
export async function newHashes(
  settings: AccountSettings,
  ids: Ids,
  { account }: User,
  password: string,
  before: readonly string[],
): Promise<readonly string[]> {
  await checkNewPassword(settings, account, password, before);
  return [await hashPassword(password, ids), ...before].slice(0, mostHashes);
}

/** Replaces the password that `found` has. Gives `false` where another request has replaced it already. */
export async function replacePassword(
  store: IamRecords,
  user: User,
  found: LoginProfile,
  changed: LoginProfile,
): Promise<boolean> {
  const current = await store.loginProfiles.find(user.id);
  if (current?.hashes[0] !== found.hashes[0]) return false;
  await store.loginProfiles.put(user.id, changed);
  return true;
}
