/**
 * An account as an issuer of identity tokens for programs outside of AWS.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html
 */
export interface TokenIssuer {
  readonly account: string;
  /** A UUID. It stays the account's when the feature is disabled and enabled again. */
  readonly id: string;
  /** The address that the request which first enabled the feature came to: `http://127.0.0.1:4566`. */
  readonly address: string;
  readonly enabled: boolean;
}

/** The path below which the documents of all issuers are. */
export const issuersPath = "/_sealift/oidc/";

/** The issuer as its tokens and its discovery document name it. `outside` is the operator's own address for it. */
export function issuerUrl({ id, address }: Pick<TokenIssuer, "id" | "address">, outside: string | undefined): string {
  return `${outside ?? address}${issuersPath}${id}`;
}

/** The id in the URL of an issuer, wherever it is served; `undefined` in other URLs. */
export function issuerIdIn(url: string): string | undefined {
  return /\/_sealift\/oidc\/([0-9a-f-]{36})\/?$/.exec(url)?.[1];
}
