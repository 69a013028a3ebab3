import type { Credentials } from "../api/signed.ts";

/** Who is signed in. Held in memory only, and never in an address, a store or a query key. */
export interface Session {
  readonly identity: Identity;
  readonly credentials: Credentials;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** Gets the next credentials without asking anybody. */
  readonly renewal: Renewal;
  /** The session in which the role was assumed, to which "Switch back" returns. */
  readonly base: Session | undefined;
}

export type Renewal =
  | { readonly kind: "refresh-token"; readonly refreshToken: string }
  | { readonly kind: "role"; readonly roleArn: string; readonly sessionName: string };

export interface Identity {
  readonly arn: string;
  readonly accountId: string;
  /** What the top bar shows: a user's name, `role/session`, or `root`. */
  readonly name: string;
}

/** The identity of an ARN such as `arn:aws:sts::123456789012:assumed-role/admin/me`. */
export function identityOf(arn: string): Identity {
  const [, , , , accountId = "", ...rest] = arn.split(":");
  const resource = rest.join(":");
  const [kind, ...path] = resource.split("/");
  const name = kind === "user" ? path.at(-1) : kind === "root" ? "root" : path.join("/");
  return { arn, accountId, name: name || resource };
}
