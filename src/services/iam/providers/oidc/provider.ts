import type { Tags } from "../../tags.ts";
import { providerArns } from "../arns.ts";

/** An OpenID Connect identity provider whose tokens roles may trust. */
export interface OidcProvider {
  readonly account: string;
  /** Without `https://`: `token.actions.githubusercontent.com`. */
  readonly url: string;
  /** The audiences that its tokens may have. */
  readonly clientIds: readonly string[];
  /** SHA-1 digests of certificates, in hexadecimal. */
  readonly thumbprints: readonly string[];
  readonly tags: Tags;
  readonly createdAt: Date;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const mostOidcProviders = 100;
export const mostClientIds = 100;
export const mostThumbprints = 5;

/** `arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com`. */
export const { arnOf: oidcProviderArn, nameIn: oidcProviderUrl } = providerArns("oidc-provider/");

/** `http` is for providers on this machine, which AWS could not reach anyway. */
const scheme = /^(?:https:\/\/|http:\/\/(?=(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)))/;

/** A token's issuer as a provider keeps it. */
export function issuerWithoutScheme(issuer: string): string {
  return issuer.replace(scheme, "");
}

/** `url` as a provider keeps it. Gives `undefined` unless it is an `https` URL without port and query. */
export function readIssuerUrl(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!/^[\x21-\x7e]+$/.test(url) || /[?#@\\]/.test(url)) return undefined;
  if (parsed?.protocol === "http:" && scheme.test(url)) return issuerWithoutScheme(url);
  if (parsed?.protocol !== "https:" || !/^https:\/\/./.test(url)) return undefined;
  if (/^https:\/\/[^/]*:/.test(url)) return undefined;
  return url.slice("https://".length);
}
