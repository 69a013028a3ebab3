import { RemoveClientIDFromOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { findOidcProvider, unchangedOidcProvider } from "../providers/oidc/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html */
export const removeClientIdFromOpenIdConnectProvider = operation(RemoveClientIDFromOpenIDConnectProviderCommand)({
  find: findOidcProvider,
  access: onProvider,
  async run(found, { ClientID: removed }, { store }) {
    await store.transaction(async (store) => {
      const provider = await unchangedOidcProvider(store, found);
      const clientIds = provider.clientIds.filter((id) => id !== removed);
      await store.providers.oidc.update(provider, { clientIds });
    });
    return {};
  },
});
