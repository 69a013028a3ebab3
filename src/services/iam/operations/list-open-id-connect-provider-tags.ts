import { ListOpenIDConnectProviderTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onOidcProvider } from "../providers/oidc/access.ts";
import { findOidcProvider } from "../providers/oidc/find.ts";
import { listTags } from "../tag-page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html */
export const listOpenIdConnectProviderTags = operation(ListOpenIDConnectProviderTagsCommand)({
  access: onOidcProvider("iam:ListOpenIDConnectProviderTags"),
  async run(input, { store }: Iam, call) {
    const { tags } = await findOidcProvider(store, call, input.OpenIDConnectProviderArn);
    return listTags(tags, input);
  },
});
