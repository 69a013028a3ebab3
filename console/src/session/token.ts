import { jsonError } from "../api/json.ts";
import { post } from "../api/post.ts";
import type { Session } from "./session.ts";

/** The public client of programs on the machine where the browser is; the console is one of them. */
export const clientId = "arn:aws:signin:::devtools/same-device";

/** The console, under whatever name the server is reached. */
export const redirectUri = "/console/";

export type Grant =
  | { readonly grantType: "refresh_token"; readonly refreshToken: string }
  | { readonly grantType: "authorization_code"; readonly code: string; readonly codeVerifier: string };

export interface Token extends Pick<Session, "credentials" | "expiresAt"> {
  readonly refreshToken: string;
  /** Says whose the session is; with the first token of a session only. */
  readonly idToken: string | undefined;
}

/** Exchanges a code or a refresh token for temporary credentials: CreateOAuth2Token of AWS Sign-In. */
export async function tokenFor(grant: Grant): Promise<Token> {
  const input = { clientId, ...grant, ...(grant.grantType === "authorization_code" && { redirectUri }) };
  const { accessToken, expiresIn, refreshToken, idToken } = (await postJson(
    "/v1/token",
    input,
    "CreateOAuth2Token",
  )) as TokenOutput;
  return { credentials: accessToken, expiresAt: Date.now() + expiresIn * 1_000, refreshToken, idToken };
}

interface TokenOutput {
  readonly accessToken: Session["credentials"];
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly idToken?: string;
}

/** Posts to the sign-in service. What needs no signature is itself the proof. Rejects with an `ApiError`. */
export async function postJson(
  path: string,
  input: object,
  operation: string,
  headers: Readonly<Record<string, string>> = { "content-type": "application/json" },
): Promise<object> {
  const { answer, text } = await post(new URL(path, location.origin), { headers, body: JSON.stringify(input) });
  if (answer.ok) return JSON.parse(text) as object;
  const requestId = answer.headers.get("x-amzn-requestid") ?? undefined;
  const code = answer.headers.get("x-amzn-errortype") ?? undefined;
  throw jsonError(text, { code, status: answer.status, operation: `signin:${operation}`, requestId });
}
