import { GetSAMLProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onSamlProvider } from "../providers/saml/access.ts";
import { findSamlProvider } from "../providers/saml/find.ts";
import { tagList } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html */
export const getSamlProvider = operation(GetSAMLProviderCommand)({
  access: onSamlProvider("iam:GetSAMLProvider"),
  async run(input, { store }: Iam, call) {
    const provider = await findSamlProvider(store, call, input.SAMLProviderArn);
    return {
      SAMLProviderUUID: provider.uuid,
      SAMLMetadataDocument: provider.metadata,
      CreateDate: provider.createdAt,
      ValidUntil: provider.validUntil,
      Tags: tagList(provider.tags),
      AssertionEncryptionMode: provider.encryptionMode ?? "Allowed",
      PrivateKeyList: [],
    };
  },
});
