import type { Call } from "../../../../model/call.ts";
import type { Iam } from "../../context.ts";
import { invalidArn, noSuch } from "../../errors.ts";
import { refuseChanged } from "../../refuse-changed.ts";
import type { IamRecords } from "../../store.ts";
import { type OidcProvider, oidcProviderUrl } from "./provider.ts";

/** The OpenID Connect provider that a request names, as it was found before access was asked for. */
interface FoundOidcProvider {
  readonly arn: string;
  /** The URL in the ARN; `undefined` where the ARN is not valid. */
  readonly url: string | undefined;
  /** `undefined` where the account has none of that ARN. */
  readonly provider: OidcProvider | undefined;
}

export async function findOidcProvider(
  { OpenIDConnectProviderArn: arn }: { readonly OpenIDConnectProviderArn: string },
  call: Call,
  { store }: Iam,
): Promise<FoundOidcProvider> {
  const url = oidcProviderUrl(call, arn);
  return { arn, url, provider: url === undefined ? undefined : await store.providers.oidc.find(call.account, url) };
}

/** The provider that was found. Throws AWS's error where it does not exist. */
export function existingOidcProvider({ arn, url, provider }: FoundOidcProvider): OidcProvider {
  if (url === undefined) throw invalidArn(arn);
  if (!provider) throw noSuch(`OpenIDConnect Provider not found for arn ${arn}`);
  return provider;
}

/** See `unchanged` of entities. A provider has no id besides its ARN. */
export async function unchangedOidcProvider(store: IamRecords, found: FoundOidcProvider): Promise<OidcProvider> {
  return existingOidcProvider({ ...found, provider: await remainingOidcProvider(store, found) });
}

/** As `unchangedOidcProvider`, and `undefined` where there is none, or none any more. */
export async function remainingOidcProvider(
  store: IamRecords,
  { arn, url, provider }: FoundOidcProvider,
): Promise<OidcProvider | undefined> {
  if (url === undefined) throw invalidArn(arn);
  if (!provider) return undefined;
  const now = await store.providers.oidc.find(provider.account, provider.url);
  if (now) refuseChanged(provider, now);
  return now;
}
