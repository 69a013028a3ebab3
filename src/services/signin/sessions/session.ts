import { createHash } from "node:crypto";
import type { Ids } from "../../../ids.ts";
import type { SessionPrincipal } from "../../sts/index.ts";

/** What somebody signed in for: a console, or a program such as the aws CLI. */
export interface SigninSession {
  readonly id: string;
  /** The caller whom the session's credentials stand for. */
  readonly principal: SessionPrincipal;
  readonly origin: Origin;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  /** When the credentials count as issued: at sign-in, or when the role's session was made that signed in. */
  readonly issuedAt: Date;
  readonly endsAt: Date;
  /** Of the key that refresh tokens are bound to. */
  readonly keyThumbprint?: string;
}

/** The credential that was shown. The session ends with it; that of a session ends with it anyway. */
export type Origin =
  | { readonly kind: "password"; readonly changedAt: number }
  | { readonly kind: "access-key"; readonly accessKeyId: string }
  | { readonly kind: "session" };

/** A code or a refresh token, of which only the hash is known. */
export interface SigninToken {
  readonly hash: string;
  readonly kind: "code" | "refresh";
  readonly expiresAt: Date;
  readonly usedAt: Date | undefined;
}

/** All in milliseconds. As on AWS, credentials last 15 minutes and a session 12 hours. */
export const lifetimes = {
  code: 10 * 60_000,
  credentials: 15 * 60_000,
  session: 12 * 60 * 60_000,
  /** For which a refresh token may be used again by the key that it is bound to: programs share the aws CLI's cache. */
  grace: 60_000,
};

/** 256 random bits. */
export function newToken(ids: Ids): string {
  return Buffer.from(ids.hex(32), "hex").toString("base64url");
}

export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** The challenge of a verifier: https://www.rfc-editor.org/rfc/rfc7636#section-4.2 */
export function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

export function sessionArn(
  { partition, region }: { readonly partition: string; readonly region: string },
  { id, principal }: Pick<SigninSession, "id" | "principal">,
): string {
  return `arn:${partition}:signin:${region}:${principal.account}:session/${id}`;
}

/** The id in a session's ARN. */
export function idInArn(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
