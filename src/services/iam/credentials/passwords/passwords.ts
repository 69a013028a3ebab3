import { PasswordPolicyViolationException$ } from "@aws-sdk/client-iam";
import type { Ids } from "../../../../ids.ts";
import { ApiError } from "../../../../model/api-error.ts";
import type { User } from "../../entities/entity.ts";
import type { IamStatements } from "../../store.ts";
import { hashPassword, isPassword } from "./password-hash.ts";
import { passwordFault } from "./password-policy.ts";
import type { LoginProfile } from "./records.ts";

/** As many passwords as a policy can forbid to use again. */
const mostHashes = 24;

/**
 * The hashes of a new password and of those before it; refuses one that the account's policy does not allow. To be called
 * outside of transactions: it takes tens of milliseconds, and more where passwords before are compared.
 */
export async function newHashes(
  store: IamStatements,
  ids: Ids,
  { account }: User,
  password: string,
  before: readonly string[],
): Promise<readonly string[]> {
  const { passwordPolicy: policy, alias } = await store.findAccountSettings(account);
  const fault = passwordFault(password, policy, alias === undefined ? [account] : [account, alias]);
  if (fault !== undefined) throw new ApiError(PasswordPolicyViolationException$, fault);
  for (const hash of before.slice(0, policy?.reusePrevention ?? 0)) {
    if (await isPassword(password, hash)) {
      throw new ApiError(
        PasswordPolicyViolationException$,
        "Password does not conform to the account password policy: it was used before",
      );
    }
  }
  return [await hashPassword(password, ids), ...before].slice(0, mostHashes);
}

/** Puts a password in the place of the one that `found` has; `false` where another took that place meanwhile. */
export async function replacePassword(
  store: IamStatements,
  user: User,
  found: LoginProfile,
  changed: LoginProfile,
): Promise<boolean> {
  const current = await store.findLoginProfile(user.id);
  if (current?.hashes[0] !== found.hashes[0]) return false;
  await store.putLoginProfile(user.id, changed);
  return true;
}
