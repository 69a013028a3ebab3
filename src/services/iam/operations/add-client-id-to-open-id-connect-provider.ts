import { AddClientIDToOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { quotaExceeded } from "../errors.ts";
import { onProvider } from "../providers/access.ts";
import { findOidcProvider, unchangedOidcProvider } from "../providers/oidc/find.ts";
import { mostClientIds } from "../providers/oidc/provider.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html */
export const addClientIdToOpenIdConnectProvider = operation(AddClientIDToOpenIDConnectProviderCommand)({
  find: findOidcProvider,
  access: onProvider,
  async run(found, { ClientID: added }, { store }) {
    await store.transaction(async (store) => {
      const provider = await unchangedOidcProvider(store, found);
      const { clientIds } = provider;
      if (clientIds.includes(added)) return;
      if (clientIds.length >= mostClientIds) throw quotaExceeded("ClientIdsPerOpenIdConnectProvider", mostClientIds);
      await store.providers.oidc.update(provider, { clientIds: [...clientIds, added] });
    });
    return {};
  },
});
