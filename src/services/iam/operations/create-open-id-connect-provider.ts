import { CreateOpenIDConnectProviderCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import { validationError } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { quotaExceeded } from "../errors.ts";
import {
  issuerWithoutScheme,
  mostClientIds,
  mostOidcProviders,
  type OidcProvider,
  oidcProviderArn,
  readIssuerUrl,
} from "../providers/oidc/provider.ts";
import { checkThumbprints } from "../providers/oidc/thumbprints.ts";
import { casedTags, newTags, tagList } from "../tags.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
export const createOpenIdConnectProvider = operation(CreateOpenIDConnectProviderCommand)({
  find: (input) => casedTags.read(input.Tags),
  access: (tags, input, call) => ({
    resource: oidcProviderArn(call, issuerWithoutScheme(input.Url)),
    conditions: newTags(tags),
  }),
  // Thumbprints that are not given stay unknown: this server fetches nothing from the provider here.
  async run(tags, input, { store }: Iam, call) {
    const url = readIssuerUrl(input.Url);
    if (url === undefined) throw validationError("Invalid Open ID Connect Provider URL");
    const provider: OidcProvider = {
      account: call.account,
      url,
      clientIds: [...new Set(input.ClientIDList ?? [])],
      thumbprints: input.ThumbprintList ?? [],
      tags: casedTags.merge({}, tags),
      createdAt: wholeSeconds(call.time),
    };
    checkThumbprints(provider.thumbprints);
    if (provider.clientIds.length > mostClientIds) {
      throw quotaExceeded("ClientIdsPerOpenIdConnectProvider", mostClientIds);
    }
    await store.transaction(async (store) => {
      const providers = await store.providers.oidc.list(call.account);
      if (providers.some((other) => other.url === url)) {
        throw new ApiError(EntityAlreadyExistsException$, `Provider with url ${input.Url} already exists.`);
      }
      if (providers.length >= mostOidcProviders) {
        throw quotaExceeded("OpenIdConnectProvidersPerAccount", mostOidcProviders);
      }
      await store.providers.oidc.insert(provider);
    });
    return {
      OpenIDConnectProviderArn: oidcProviderArn(call, url),
      ...defined({ Tags: input.Tags?.length ? tagList(provider.tags) : undefined }),
    };
  },
});
