import type { Tags } from "./entity.ts";

/** An OpenID Connect identity provider whose tokens roles may trust. */
export interface OidcProvider {
  readonly account: string;
  /** Without `https://`: `token.actions.githubusercontent.com`. */
  readonly url: string;
  /** Audiences that its tokens may be for. */
  readonly clientIds: readonly string[];
  /** SHA-1 of certificates, in hexadecimal. */
  readonly thumbprints: readonly string[];
  readonly tags: Tags;
  readonly createdAt: Date;
}

/** `arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com`. */
export function oidcProviderArn(partition: string, { account, url }: Pick<OidcProvider, "account" | "url">): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${url}`;
}
