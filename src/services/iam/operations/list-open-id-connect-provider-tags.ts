import { ListOpenIDConnectProviderTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { existingOidcProvider, findOidcProvider } from "../providers/oidc/find.ts";
import { listTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html */
export const listOpenIdConnectProviderTags = operation(ListOpenIDConnectProviderTagsCommand)({
  find: findOidcProvider,
  access: onProvider,
  async run(found, input) {
    return listTags(existingOidcProvider(found).tags, input);
  },
});
