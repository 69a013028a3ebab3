import { CreateSAMLProviderCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { quotaExceeded } from "../errors.ts";
import { changeKeys } from "../providers/saml/change-keys.ts";
import { readProvider } from "../providers/saml/metadata.ts";
import { readPrivateKey } from "../providers/saml/private-keys.ts";
import { mostSamlProviders, type SamlProvider, samlProviderArn } from "../providers/saml/provider.ts";
import { casedTags, newTags, tagList } from "../tags.ts";
import { idAlphabet } from "../unique-id.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html */
export const createSamlProvider = operation(CreateSAMLProviderCommand)({
  find: (input) => casedTags.read(input.Tags),
  access: (tags, input, call) => ({ resource: samlProviderArn(call, input.Name), conditions: newTags(tags) }),
  async run(tags, input, { store, ids }: Iam, call) {
    const added = input.AddPrivateKey === undefined ? undefined : readPrivateKey(input.AddPrivateKey);
    const createdAt = wholeSeconds(call.time);
    const provider: SamlProvider = {
      account: call.account,
      name: input.Name,
      uuid: `ASP${ids.text(18, idAlphabet)}`,
      ...readProvider(input.SAMLMetadataDocument, createdAt),
      encryptionMode: input.AssertionEncryptionMode,
      tags: casedTags.merge({}, tags),
      createdAt,
    };
    await store.transaction(async (store) => {
      const providers = await store.providers.saml.list(call.account);
      if (providers.some(({ name }) => name === provider.name)) {
        throw new ApiError(EntityAlreadyExistsException$, `SAMLProvider with name ${provider.name} already exists.`);
      }
      if (providers.length >= mostSamlProviders) throw quotaExceeded("SAMLProvidersPerAccount", mostSamlProviders);
      await store.providers.saml.insert(provider);
      const changes = { added, removed: undefined, mode: provider.encryptionMode, time: createdAt };
      await changeKeys(store, provider, changes, ids);
    });
    return {
      SAMLProviderArn: samlProviderArn(call, provider.name),
      ...defined({ Tags: input.Tags?.length ? tagList(provider.tags) : undefined }),
    };
  },
});
