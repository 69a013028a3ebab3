import type { Signin } from "../context.ts";
import type { SigninSession } from "./session.ts";

/** True if the credential that the session began with is still good. */
export async function isOriginGood(
  { iam, isRootKey }: Pick<Signin, "iam" | "isRootKey">,
  { principal, origin }: SigninSession,
): Promise<boolean> {
  const { kind, account, userId } = principal;
  if (origin.kind === "session") return true;
  if (origin.kind === "password") {
    const user = await iam.users.findById(userId);
    const profile = user && (await iam.loginProfiles.find(user.id));
    return profile?.changedAt.getTime() === origin.changedAt;
  }
  if (kind === "root") return isRootKey(account, origin.accessKeyId);
  return (await iam.accessKeys.find(origin.accessKeyId))?.active === true;
}
