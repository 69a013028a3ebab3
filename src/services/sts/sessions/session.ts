import type { Principal } from "../../../model/call.ts";

/** The caller whom a session stands for. Its access key is made with the token. */
export type SessionPrincipal = Omit<Principal, "accessKeyId" | "sessionIssuedAt" | "sessionExpiresAt">;

/**
 * Sessions of GetSessionToken may call IAM with a multi-factor device only, those of GetFederationToken may not. Whoever signed
 * in may, as with the credential that was shown.
 */
export function mayCallIam({ kind, mfaAuthenticatedAt, signInSession }: Principal): boolean {
  return (
    kind === "assumed-role" || signInSession !== undefined || (kind === "user" && mfaAuthenticatedAt !== undefined)
  );
}

/** The content of a session token. No session is stored: the token is the session, sealed. */
export interface Session {
  readonly principal: Principal & { readonly sessionIssuedAt: Date };
  readonly secretAccessKey: string;
  readonly expiresAt: Date;
}

/** Temporary credentials as clients get them. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}
