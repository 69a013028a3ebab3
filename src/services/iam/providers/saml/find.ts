import type { Call } from "../../../../model/call.ts";
import type { Iam } from "../../context.ts";
import { invalidArn, noSuch } from "../../errors.ts";
import { refuseChanged } from "../../refuse-changed.ts";
import type { IamRecords } from "../../store.ts";
import { type SamlProvider, samlProviderName } from "./provider.ts";

/** The SAML provider that a request names, as it was found before access was asked for. */
interface FoundSamlProvider {
  readonly arn: string;
  /** The name in the ARN; `undefined` where the ARN is not valid. */
  readonly name: string | undefined;
  /** `undefined` where the account has none of that ARN. */
  readonly provider: SamlProvider | undefined;
}

export async function findSamlProvider(
  { SAMLProviderArn: arn }: { readonly SAMLProviderArn: string },
  call: Call,
  { store }: Iam,
): Promise<FoundSamlProvider> {
  const name = samlProviderName(call, arn);
  return { arn, name, provider: name === undefined ? undefined : await store.providers.saml.find(call.account, name) };
}

/** The provider that was found. Throws AWS's error where it does not exist. */
export function existingSamlProvider({ arn, name, provider }: FoundSamlProvider): SamlProvider {
  if (name === undefined) throw invalidArn(arn);
  if (!provider) throw noSuch(`Manifest not found for arn ${arn}`);
  return provider;
}

/** See `unchanged` of entities. */
export async function unchangedSamlProvider(store: IamRecords, found: FoundSamlProvider): Promise<SamlProvider> {
  const before = existingSamlProvider(found);
  const current = await store.providers.saml.find(before.account, before.name);
  const now = existingSamlProvider({ ...found, provider: current?.uuid === before.uuid ? current : undefined });
  refuseChanged(before, now);
  return now;
}
