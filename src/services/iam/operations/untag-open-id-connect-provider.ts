import { UntagOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { findOidcProvider, unchangedOidcProvider } from "../providers/oidc/find.ts";
import { casedTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html */
export const untagOpenIdConnectProvider = operation(UntagOpenIDConnectProviderCommand)({
  find: findOidcProvider,
  access: (found, input, call) => onProvider(found, input, call, { "aws:TagKeys": input.TagKeys }),
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const current = await unchangedOidcProvider(store, found);
      await store.providers.oidc.update(current, { tags: casedTags.remove(current.tags, input.TagKeys) });
    });
    return {};
  },
});
