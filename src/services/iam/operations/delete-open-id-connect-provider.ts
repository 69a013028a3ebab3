import { DeleteOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { findOidcProvider, unchangedOidcProvider } from "../providers/oidc/find.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html */
export const deleteOpenIdConnectProvider = operation(DeleteOpenIDConnectProviderCommand)({
  find: findOidcProvider,
  access: onProvider,
  // AWS's documentation says that a provider that does not exist is no error, AWS's service that it is one.
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const message = `OpenId connect Provider ${found.arn} cannot be found.`;
      await store.providers.oidc.delete(await unchangedOidcProvider(store, found, message));
    });
    return {};
  },
});
