import { DeleteSAMLProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { findSamlProvider, unchangedSamlProvider } from "../providers/saml/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSAMLProvider.html */
export const deleteSamlProvider = operation(DeleteSAMLProviderCommand)({
  find: findSamlProvider,
  access: onProvider,
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const provider = await unchangedSamlProvider(store, found);
      for (const key of await store.providers.samlKeys.list(provider)) await store.providers.samlKeys.delete(key);
      await store.providers.saml.delete(provider);
    });
    return {};
  },
});
