import { GetOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onOidcProvider } from "../providers/oidc/access.ts";
import { findOidcProvider } from "../providers/oidc/find.ts";
import { tagList } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html */
export const getOpenIdConnectProvider = operation(GetOpenIDConnectProviderCommand)({
  access: onOidcProvider("iam:GetOpenIDConnectProvider"),
  async run(input, { store }: Iam, call) {
    const provider = await findOidcProvider(store, call, input.OpenIDConnectProviderArn);
    return {
      Url: provider.url,
      ClientIDList: [...provider.clientIds],
      ThumbprintList: [...provider.thumbprints],
      CreateDate: provider.createdAt,
      Tags: tagList(provider.tags),
    };
  },
});
