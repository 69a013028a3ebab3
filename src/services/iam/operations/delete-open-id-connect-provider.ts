import { DeleteOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { findOidcProvider, remainingOidcProvider } from "../providers/oidc/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html */
export const deleteOpenIdConnectProvider = operation(DeleteOpenIDConnectProviderCommand)({
  find: findOidcProvider,
  access: onProvider,
  // A provider that does not exist is no error, so that the call may be made again.
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const provider = await remainingOidcProvider(store, found);
      if (provider) await store.providers.oidc.delete(provider);
    });
    return {};
  },
});
