import { type Credentials, signedHeaders } from "../api/signed.ts";
import { clientId, postJson, redirectUri } from "./token.ts";

/** What a program, or the console itself, asks of whoever signs in. */
export interface Wish {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string;
}

/** How somebody proves who they are: by a signature, or by a user's password. */
export type Proof =
  | { readonly kind: "signature"; readonly credentials: Credentials; readonly region: string }
  | { readonly kind: "password"; readonly user: UserPassword };

export interface UserPassword {
  /** An account's id or alias. */
  readonly accountId: string;
  readonly userName: string;
  readonly password: string;
  /** Once it is asked for. */
  readonly mfaCode?: string;
  /** Once it is asked for. */
  readonly newPassword?: string;
}

/** What is to be asked for next: everything is sent again with it. */
export type Challenge = "MFA" | "NEW_PASSWORD";

/** Gets a code for `POST /v1/token`. Rejects with an `ApiError`. */
export async function authorize(
  wish: Wish,
  proof: Proof,
): Promise<{ readonly code: string } | { readonly challenge: Challenge }> {
  const input = { ...wish, codeChallengeMethod: "SHA-256", ...(proof.kind === "password" && proof.user) };
  const path = "/v1/authorize";
  const json = { "content-type": "application/json" };
  const headers =
    proof.kind === "password"
      ? json
      : await signedHeaders({
          ...{ origin: new URL(location.origin), path, service: "signin", headers: json },
          ...{ region: proof.region, credentials: proof.credentials, body: JSON.stringify(input), at: new Date() },
        });
  return (await postJson(path, input, "AuthorizeOAuth2Access", headers)) as { code: string } | { challenge: Challenge };
}

/** What the console itself asks for. */
export function consoleWish(codeChallenge: string): Wish {
  return { clientId, redirectUri, codeChallenge };
}
