import { UpdateSAMLProviderCommand } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { existingSamlProvider, findSamlProvider, unchangedSamlProvider } from "../providers/saml/find.ts";
import { readProvider, refusePrivateKeys } from "../providers/saml/metadata.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html */
export const updateSamlProvider = operation(UpdateSAMLProviderCommand)({
  find: findSamlProvider,
  access: onProvider,
  async run(found, input, { store }, call) {
    existingSamlProvider(found);
    refusePrivateKeys(input);
    const { SAMLMetadataDocument: metadata, AssertionEncryptionMode: encryptionMode } = input;
    const changes = metadata === undefined ? {} : readProvider(metadata, call.time);
    await store.transaction(async (store) => {
      const provider = await unchangedSamlProvider(store, found);
      await store.providers.saml.update(provider, { ...changes, ...defined({ encryptionMode }) });
    });
    return { SAMLProviderArn: input.SAMLProviderArn };
  },
});
