import { ListSAMLProviderTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { existingSamlProvider, findSamlProvider } from "../providers/saml/find.ts";
import { listTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviderTags.html */
export const listSamlProviderTags = operation(ListSAMLProviderTagsCommand)({
  find: findSamlProvider,
  access: onProvider,
  async run(found, input) {
    return listTags(existingSamlProvider(found).tags, input);
  },
});
