import { CreateOpenIDConnectProviderCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { wholeSeconds } from "../entities/entity.ts";
import { invalidInput, quotaExceeded, validationError } from "../errors.ts";
import {
  issuerWithoutScheme,
  mostClientIds,
  mostOidcProviders,
  mostThumbprints,
  type OidcProvider,
  oidcProviderArn,
  readIssuerUrl,
} from "../providers/oidc/provider.ts";
import { newResourceTags } from "../resource-tags.ts";
import { casedTags, tagList } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
export const createOpenIdConnectProvider = operation(CreateOpenIDConnectProviderCommand)({
  access: (input, call) => ({
    action: "iam:CreateOpenIDConnectProvider",
    resource: oidcProviderArn(call, issuerWithoutScheme(input.Url)),
    conditions: newResourceTags(casedTags.read(input.Tags)),
  }),
  // Thumbprints that are not given stay unknown: nothing is fetched from the provider here.
  async run(input, { store }: Iam, call) {
    const url = readIssuerUrl(input.Url);
    if (url === undefined) throw validationError("Invalid Open ID Connect Provider URL");
    const provider: OidcProvider = {
      account: call.account,
      url,
      clientIds: [...new Set(input.ClientIDList ?? [])],
      thumbprints: input.ThumbprintList ?? [],
      tags: casedTags.merge({}, casedTags.read(input.Tags)),
      createdAt: wholeSeconds(call.time),
    };
    checkThumbprints(provider.thumbprints);
    if (provider.clientIds.length > mostClientIds) {
      throw quotaExceeded("ClientIdsPerOpenIdConnectProvider", mostClientIds);
    }
    await store.transaction(async (store) => {
      const providers = await store.listOidcProviders(call.account);
      if (providers.some((other) => other.url === url)) {
        throw new ApiError(EntityAlreadyExistsException$, `Provider with url ${input.Url} already exists.`);
      }
      if (providers.length >= mostOidcProviders) {
        throw quotaExceeded("OpenIdConnectProvidersPerAccount", mostOidcProviders);
      }
      await store.insertOidcProvider(provider);
    });
    return {
      OpenIDConnectProviderArn: oidcProviderArn(call, url),
      ...(input.Tags && input.Tags.length > 0 && { Tags: tagList(provider.tags) }),
    };
  },
});

/** Refuses what are no SHA-1 digests, or too many. */
export function checkThumbprints(thumbprints: readonly string[]): void {
  if (thumbprints.length > mostThumbprints) {
    throw invalidInput(`Thumbprint list must contain fewer than ${mostThumbprints} entries.`);
  }
  const wrong = thumbprints.find((thumbprint) => !/^[0-9a-f]{40}$/i.test(thumbprint));
  if (wrong !== undefined) throw invalidInput(`Thumbprint ${wrong} is not a SHA-1 fingerprint in hexadecimal.`);
}
