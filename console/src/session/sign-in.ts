import { authorize, type Challenge, consoleWish, type Proof } from "./authorize.ts";
import { signInWithCode } from "./one-time-code.ts";
import type { Session } from "./session.ts";
import { newVerifier } from "./verifier.ts";

/**
 * Signs in with an access key or a password. Either is exchanged for temporary credentials, which renew themselves without it.
 * A challenge asks for more.
 */
export async function signInWith(proof: Proof): Promise<Session | Challenge> {
  const { codeVerifier, codeChallenge } = newVerifier();
  const answer = await authorize(consoleWish(codeChallenge), proof);
  return "challenge" in answer ? answer.challenge : signInWithCode({ code: answer.code, codeVerifier });
}
