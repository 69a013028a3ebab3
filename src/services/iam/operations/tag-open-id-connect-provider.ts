import { TagOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onOidcProvider } from "../providers/oidc/access.ts";
import { findOidcProvider } from "../providers/oidc/find.ts";
import { casedTags, requestTagConditions } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html */
export const tagOpenIdConnectProvider = operation(TagOpenIDConnectProviderCommand)({
  access: onOidcProvider("iam:TagOpenIDConnectProvider", ({ Tags: tags }) =>
    requestTagConditions(casedTags.read(tags)),
  ),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const found = await findOidcProvider(store, call, input.OpenIDConnectProviderArn);
      await store.updateOidcProvider(found, { tags: casedTags.merge(found.tags, casedTags.read(input.Tags)) });
    });
    return {};
  },
});
