import { UntagOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onOidcProvider } from "../providers/oidc/access.ts";
import { findOidcProvider } from "../providers/oidc/find.ts";
import { casedTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html */
export const untagOpenIdConnectProvider = operation(UntagOpenIDConnectProviderCommand)({
  access: onOidcProvider("iam:UntagOpenIDConnectProvider", ({ TagKeys: keys }) => ({ "aws:TagKeys": keys })),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const found = await findOidcProvider(store, call, input.OpenIDConnectProviderArn);
      await store.updateOidcProvider(found, { tags: casedTags.remove(found.tags, input.TagKeys) });
    });
    return {};
  },
});
