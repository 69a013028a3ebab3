import { RemoveClientIDFromOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onOidcProvider } from "../providers/oidc/access.ts";
import { findOidcProvider } from "../providers/oidc/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html */
export const removeClientIdFromOpenIdConnectProvider = operation(RemoveClientIDFromOpenIDConnectProviderCommand)({
  access: onOidcProvider("iam:RemoveClientIDFromOpenIDConnectProvider"),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const provider = await findOidcProvider(store, call, input.OpenIDConnectProviderArn);
      const clientIds = provider.clientIds.filter((id) => id !== input.ClientID);
      await store.updateOidcProvider(provider, { clientIds });
    });
    return {};
  },
});
