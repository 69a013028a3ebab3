import type { ApiError } from "../../../model/api-error.ts";
import { invalidRequest } from "../errors.ts";
import type { SigninSession } from "../sessions/session.ts";

/** What a program asks of whoever signs in, as the members of an authorization request. */
export type Wish = Pick<SigninSession, "clientId" | "redirectUri" | "codeChallenge">;

/** The console's `redirectUri`: the console of whichever server is asked, under whatever name. */
export const consoleUri = "/console/";

export const sameDevice = "arn:aws:signin:::devtools/same-device";
const crossDevice = "arn:aws:signin:::devtools/cross-device";
/** Where a program on another machine finds its code: the page shows it. */
const confirmationPath = "/v1/sessions/confirmation";
const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

export function isConsole({ redirectUri }: Pick<SigninSession, "redirectUri">): boolean {
  return redirectUri === consoleUri;
}

/** Reads an authorization request. Throws AWS's error for one that no client of ours makes. */
export function readWish(members: {
  readonly clientId: unknown;
  readonly redirectUri: unknown;
  readonly codeChallenge: unknown;
  readonly codeChallengeMethod: unknown;
}): Wish {
  const { clientId, redirectUri, codeChallenge, codeChallengeMethod: method } = members;
  if (clientId !== sameDevice && clientId !== crossDevice) throw unknown("client_id", clientId);
  if (typeof redirectUri !== "string" || redirectUri.length > 2048 || !isAllowed(redirectUri, clientId)) {
    throw unknown("redirect_uri", redirectUri);
  }
  if (method !== "SHA-256" && method !== "S256") throw unknown("code_challenge_method", method);
  if (typeof codeChallenge !== "string" || !/^[A-Za-z0-9_-]{43}$/.test(codeChallenge)) {
    throw invalidRequest("code_challenge must be a SHA-256 in base64url");
  }
  return { clientId, redirectUri, codeChallenge };
}

/** A code may only get to this machine: to a program that listens on it, to the console's page, or to whoever reads the page. */
function isAllowed(uri: string, clientId: string): boolean {
  if (uri === consoleUri) return clientId === sameDevice;
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, pathname, username, password, hash, search } = new URL(uri);
  if (username !== "" || password !== "" || hash !== "" || search !== "") return false;
  if (clientId === crossDevice) return pathname === confirmationPath && /^https?:$/.test(protocol);
  return protocol === "http:" && loopback.has(hostname);
}

function unknown(name: string, value: unknown): ApiError {
  const shown = typeof value === "string" ? `"${value.slice(0, 200)}"` : "missing";
  return invalidRequest(`${name} is not one that can be served: ${shown}`);
}
