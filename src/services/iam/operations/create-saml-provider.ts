import { CreateSAMLProviderCommand, EntityAlreadyExistsException$ } from "@aws-sdk/client-iam";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { wholeSeconds } from "../entities/entity.ts";
import { invalidInput, quotaExceeded } from "../errors.ts";
import { mostSamlProviders, readMetadata, type SamlProvider, samlProviderArn } from "../providers/saml/provider.ts";
import { newResourceTags } from "../resource-tags.ts";
import { casedTags, tagList } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html */
export const createSamlProvider = operation(CreateSAMLProviderCommand)({
  access: (input, call) => ({
    action: "iam:CreateSAMLProvider",
    resource: samlProviderArn(call, input.Name),
    conditions: newResourceTags(casedTags.read(input.Tags)),
  }),
  async run(input, { store, ids }: Iam, call) {
    refusePrivateKeys(input);
    const createdAt = wholeSeconds(call.time);
    const provider: SamlProvider = {
      account: call.account,
      name: input.Name,
      uuid: `ASP${ids.text(18, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
      metadata: input.SAMLMetadataDocument,
      encryptionMode: input.AssertionEncryptionMode,
      tags: casedTags.merge({}, casedTags.read(input.Tags)),
      createdAt,
      validUntil: validUntil(input.SAMLMetadataDocument, createdAt),
    };
    await store.transaction(async (store) => {
      const providers = await store.listSamlProviders(call.account);
      if (providers.some(({ name }) => name === provider.name)) {
        throw new ApiError(EntityAlreadyExistsException$, `SAMLProvider with name ${provider.name} already exists.`);
      }
      if (providers.length >= mostSamlProviders) throw quotaExceeded("SAMLProvidersPerAccount", mostSamlProviders);
      await store.insertSamlProvider(provider);
    });
    return {
      SAMLProviderArn: samlProviderArn(call, provider.name),
      ...(input.Tags && input.Tags.length > 0 && { Tags: tagList(provider.tags) }),
    };
  },
});

/** Nothing here decrypts assertions, so a private key is not taken into keeping. */
export function refusePrivateKeys(input: {
  readonly AddPrivateKey?: string;
  readonly AssertionEncryptionMode?: string;
}): void {
  if (input.AddPrivateKey !== undefined) throw invalidInput("Private keys of SAML providers are not supported");
  if (input.AssertionEncryptionMode === "Required") {
    throw invalidInput("A private key is needed to require encrypted assertions, and none is supported");
  }
}

export function validUntil(metadata: string, now: Date): Date {
  const until = readMetadata(metadata, now);
  if (!until) throw invalidInput("Could not parse metadata");
  return until;
}
