import { UpdateSAMLProviderCommand } from "@aws-sdk/client-iam";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import { invalidInput } from "../errors.ts";
import { onProvider } from "../providers/access.ts";
import { changeKeys } from "../providers/saml/change-keys.ts";
import { existingSamlProvider, findSamlProvider, unchangedSamlProvider } from "../providers/saml/find.ts";
import { readProvider } from "../providers/saml/metadata.ts";
import { readPrivateKey } from "../providers/saml/private-keys.ts";
import { wholeSeconds } from "../whole-seconds.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html */
export const updateSamlProvider = operation(UpdateSAMLProviderCommand)({
  find: findSamlProvider,
  access: onProvider,
  async run(found, input, { store, ids }, call) {
    existingSamlProvider(found);
    const { SAMLMetadataDocument: metadata, AssertionEncryptionMode: encryptionMode } = input;
    const { AddPrivateKey: pem, RemovePrivateKey: removed } = input;
    if ([metadata, encryptionMode, pem, removed].every((each) => each === undefined)) {
      throw invalidInput(
        "Unable to update identity provider. No updates are defined for metadata or encryption assertion.",
      );
    }
    const added = pem === undefined ? undefined : readPrivateKey(pem);
    const changes = metadata === undefined ? {} : readProvider(metadata, call.time);
    await store.transaction(async (store) => {
      const provider = await unchangedSamlProvider(store, found);
      const mode = encryptionMode ?? provider.encryptionMode;
      await changeKeys(store, provider, { added, removed, mode, time: wholeSeconds(call.time) }, ids);
      await store.providers.saml.update(provider, { ...changes, ...defined({ encryptionMode }) });
    });
    return { SAMLProviderArn: input.SAMLProviderArn };
  },
});
