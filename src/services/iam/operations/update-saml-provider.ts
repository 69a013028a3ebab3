import { UpdateSAMLProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onSamlProvider } from "../providers/saml/access.ts";
import { findSamlProvider } from "../providers/saml/find.ts";
import { refusePrivateKeys, validUntil } from "./create-saml-provider.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html */
export const updateSamlProvider = operation(UpdateSAMLProviderCommand)({
  access: onSamlProvider("iam:UpdateSAMLProvider"),
  async run(input, { store }: Iam, call) {
    const provider = await findSamlProvider(store, call, input.SAMLProviderArn);
    refusePrivateKeys(input);
    const { SAMLMetadataDocument: metadata, AssertionEncryptionMode: encryptionMode } = input;
    await store.updateSamlProvider(provider, {
      ...(metadata !== undefined && { metadata, validUntil: validUntil(metadata, call.time) }),
      ...(encryptionMode && { encryptionMode }),
    });
    return { SAMLProviderArn: input.SAMLProviderArn };
  },
});
