import { GetSAMLProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { onProvider } from "../providers/access.ts";
import { existingSamlProvider, findSamlProvider } from "../providers/saml/find.ts";
import { tagList } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html */
export const getSamlProvider = operation(GetSAMLProviderCommand)({
  find: findSamlProvider,
  access: onProvider,
  async run(found, _input, { store }: Iam) {
    const provider = existingSamlProvider(found);
    const keys = await store.providers.samlKeys.list(provider);
    return {
      SAMLProviderUUID: provider.uuid,
      SAMLMetadataDocument: provider.metadata,
      CreateDate: provider.createdAt,
      ValidUntil: provider.validUntil,
      Tags: tagList(provider.tags),
      AssertionEncryptionMode: provider.encryptionMode ?? "Allowed",
      PrivateKeyList: keys.map(({ id, createdAt }) => ({ KeyId: id, Timestamp: createdAt })),
    };
  },
});
