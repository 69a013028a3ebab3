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
export function existingOidcProvider(
  { arn, url, provider }: FoundOidcProvider,
  message = `OpenIDConnect Provider not found for arn ${arn}`,
): OidcProvider {
  if (url === undefined) throw invalidArn(arn);
  if (!provider) throw noSuch(message);
  return provider;
}

/** See `unchanged` of entities. A provider has no id besides its ARN. */
export async function unchangedOidcProvider(
  store: IamRecords,
  found: FoundOidcProvider,
  message?: string,
): Promise<OidcProvider> {
  const before = existingOidcProvider(found, message);
  const provider = await store.providers.oidc.find(before.account, before.url);
  const now = existingOidcProvider({ ...found, provider }, message);
  refuseChanged(before, now);
  return now;
}
