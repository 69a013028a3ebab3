import type { LoginProfile, PasswordPolicy, User } from "../../iam/index.ts";
import type { Signin } from "../context.ts";

/** Who a sign-in names. Members are absent where nothing has the name. */
export interface Login {
  readonly account?: string;
  readonly user?: User;
  readonly profile?: LoginProfile;
  /** Whether the password, if it is right, must be changed first. */
  readonly mustChange?: "now" | "by an administrator";
}

const day = 24 * 60 * 60_000;

export async function findLogin(
  { iam, hasAccount, clock }: Pick<Signin, "iam" | "hasAccount" | "clock">,
  { accountId: name, userName }: { readonly accountId: string; readonly userName: string },
): Promise<Login> {
  const account = /^\d{12}$/.test(name) ? name : await iam.account.findByAlias(name);
  if (account === undefined || !(await hasAccount(account))) return {};
  const user = await iam.users.find(account, userName);
  const profile = user && (await iam.loginProfiles.find(user.id));
  if (!user) return { account };
  if (!profile) return { account, user };
  const { passwordPolicy } = await iam.account.settings(account);
  const isOld = isExpired(profile, passwordPolicy, clock.now());
  if (isOld && passwordPolicy?.hardExpiry) return { account, user, profile, mustChange: "by an administrator" };
  return { account, user, profile, ...((isOld || profile.resetRequired) && { mustChange: "now" }) };
}

function isExpired({ changedAt }: LoginProfile, policy: PasswordPolicy | undefined, now: Date): boolean {
  return policy?.maxAge !== undefined && changedAt.getTime() + policy.maxAge * day <= now.getTime();
}
