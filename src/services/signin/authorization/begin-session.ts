import type { Principal } from "../../../model/call.ts";
import { mayCallIam, type SessionPrincipal } from "../../sts/index.ts";
import type { Signin } from "../context.ts";
import { refused } from "../errors.ts";
import { hashOf, idInArn, lifetimes, newToken, type Origin, type SigninSession } from "../sessions/session.ts";
import type { Wish } from "./client.ts";

/** Who signs in, by what, and how long that lasts. */
export type Identified = Pick<SigninSession, "principal" | "origin" | "issuedAt" | "endsAt">;

/** Stores a session, and gives the code by which the client takes it. */
export async function beginSession(
  { store, ids, clock }: Pick<Signin, "store" | "ids" | "clock">,
  wish: Wish,
  identified: Identified,
): Promise<string> {
  const now = clock.now();
  const code = newToken(ids);
  const expiresAt = new Date(Math.min(now.getTime() + lifetimes.code, identified.endsAt.getTime()));
  await store.begin({ id: ids.uuid(), ...wish, ...identified }, { hash: hashOf(code), expiresAt });
  return code;
}

/**
 * Who signed a request signs in as the same identity. Nobody gains by it: a session goes on until what it was made from ends, and
 * whose credentials may not call IAM gets none.
 */
export async function identifyBySignature({ store, clock }: Signin, principal: Principal): Promise<Identified> {
  const now = clock.now();
  const { accessKeyId, sessionIssuedAt, sessionExpiresAt, signInSession, ...rest } = principal;
  if (sessionIssuedAt === undefined) return identified(rest, { kind: "access-key", accessKeyId }, now);
  if (!mayCallIam(principal)) {
    throw refused(
      "INSUFFICIENT_PERMISSIONS",
      "Sign in with an access key, with the credentials of a role's session or of a sign-in session",
    );
  }
  if (signInSession === undefined) {
    const endsAt = new Date(Math.min(now.getTime() + lifetimes.session, sessionExpiresAt?.getTime() ?? 0));
    return { principal: rest, origin: { kind: "session" }, issuedAt: sessionIssuedAt, endsAt };
  }
  const before = await store.find(idInArn(signInSession));
  if (!before) throw refused("TOKEN_EXPIRED", "The sign-in session has ended");
  const { origin, issuedAt, endsAt } = before;
  return { principal: rest, origin, issuedAt, endsAt };
}

export function identified(principal: SessionPrincipal, origin: Origin, now: Date): Identified {
  return { principal, origin, issuedAt: now, endsAt: new Date(now.getTime() + lifetimes.session) };
}
