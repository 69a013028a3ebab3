import type { Call } from "../../../model/call.ts";
import type { Signin } from "../context.ts";
import { refused } from "../errors.ts";
import { lifetimes, type SigninSession, sessionArn } from "./session.ts";

/** Temporary credentials of a session: at most 15 minutes, and no longer than the session. */
export function credentialsOf({ sessions }: Pick<Signin, "sessions">, session: SigninSession, call: Call) {
  const { issuedAt, endsAt } = session;
  const end = Math.min(call.time.getTime() + lifetimes.credentials, endsAt.getTime());
  const issued = Math.floor(issuedAt.getTime() / 1000);
  const expiresIn = Math.floor(end / 1000) - Math.floor(call.time.getTime() / 1000);
  if (expiresIn < 1) throw refused("TOKEN_EXPIRED", "The sign-in session has ended");
  // Who revokes older sessions revokes all that came of this sign-in: they count as issued then.
  const { accessKeyId, secretAccessKey, sessionToken } = sessions.mint(
    { ...session.principal, signInSession: sessionArn(call, session) },
    issuedAt,
    Math.floor(end / 1000) - issued,
  );
  return { accessToken: { accessKeyId, secretAccessKey, sessionToken }, expiresIn };
}
