import { ApiError } from "../api/error.ts";
import { identityOf, type Session } from "./session.ts";
import { tokenFor } from "./token.ts";

export interface OneTimeCode {
  readonly code: string;
  readonly codeVerifier: string;
}

/** Takes a one-time code out of the address at once, so that neither history nor a copied address holds it. */
export function takeCode(): OneTimeCode | undefined {
  if (!new URLSearchParams(location.hash.slice(1)).has("code")) return undefined;
  const found = codeIn(location.hash);
  history.replaceState(history.state, "", location.pathname + location.search);
  return found;
}

/** The code of a link or of its fragment. */
export function codeIn(text: string): OneTimeCode {
  const fragment = new URLSearchParams(text.slice(text.indexOf("#") + 1));
  return { code: fragment.get("code") ?? text, codeVerifier: fragment.get("verifier") ?? "" };
}

/** Signs in with the code of a one-time link, or of an authorization. */
export async function signInWithCode({ code, codeVerifier }: OneTimeCode): Promise<Session> {
  const grant = { grantType: "authorization_code", code, codeVerifier } as const;
  const { credentials, expiresAt, refreshToken, idToken } = await tokenFor(grant);
  return {
    ...{ identity: identityOf(subjectOf(idToken)), credentials, expiresAt },
    renewal: { kind: "refresh-token", refreshToken },
    base: undefined,
  };
}

/** The ARN in an ID token. Its signature is not looked at: it comes straight from whoever is asked for everything else. */
function subjectOf(idToken: string | undefined): string {
  const claims = idToken?.split(".")[1];
  const json = claims && atob(claims.replaceAll("-", "+").replaceAll("_", "/"));
  const { sub } = JSON.parse(json || "{}") as { readonly sub?: unknown };
  if (typeof sub === "string") return sub;
  const about = { status: 200, operation: "signin:CreateOAuth2Token" };
  throw new ApiError("InvalidClientTokenId", "The answer names no identity", about);
}
