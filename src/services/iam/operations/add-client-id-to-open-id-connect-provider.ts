import { AddClientIDToOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { quotaExceeded } from "../errors.ts";
import { onOidcProvider } from "../providers/oidc/access.ts";
import { findOidcProvider } from "../providers/oidc/find.ts";
import { mostClientIds } from "../providers/oidc/provider.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html */
export const addClientIdToOpenIdConnectProvider = operation(AddClientIDToOpenIDConnectProviderCommand)({
  access: onOidcProvider("iam:AddClientIDToOpenIDConnectProvider"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const provider = await findOidcProvider(store, call, input.OpenIDConnectProviderArn);
      const { clientIds } = provider;
      if (clientIds.includes(input.ClientID)) return;
      if (clientIds.length >= mostClientIds) throw quotaExceeded("ClientIdsPerOpenIdConnectProvider", mostClientIds);
      await store.updateOidcProvider(provider, { clientIds: [...clientIds, input.ClientID] });
    });
    return {};
  },
});
