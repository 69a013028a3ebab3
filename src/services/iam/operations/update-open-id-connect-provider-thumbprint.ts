import { UpdateOpenIDConnectProviderThumbprintCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { findOidcProvider, unchangedOidcProvider } from "../providers/oidc/find.ts";
import { checkThumbprints } from "../providers/oidc/thumbprints.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html */
export const updateOpenIdConnectProviderThumbprint = operation(UpdateOpenIDConnectProviderThumbprintCommand)({
  find: findOidcProvider,
  access: onProvider,
  async run(found, { ThumbprintList: thumbprints }, { store }) {
    checkThumbprints(thumbprints);
    await store.transaction(async (store) => {
      await store.providers.oidc.update(await unchangedOidcProvider(store, found), { thumbprints });
    });
    return {};
  },
});
