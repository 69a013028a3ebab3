import { GetOpenIDConnectProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { existingOidcProvider, findOidcProvider } from "../providers/oidc/find.ts";
import { tagList } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html */
export const getOpenIdConnectProvider = operation(GetOpenIDConnectProviderCommand)({
  find: findOidcProvider,
  access: onProvider,
  async run(found) {
    const provider = existingOidcProvider(found);
    return {
      Url: provider.url,
      ClientIDList: [...provider.clientIds],
      ThumbprintList: [...provider.thumbprints],
      CreateDate: provider.createdAt,
      Tags: tagList(provider.tags),
    };
  },
});
