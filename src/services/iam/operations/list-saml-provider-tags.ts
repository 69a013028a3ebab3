import { ListSAMLProviderTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onSamlProvider } from "../providers/saml/access.ts";
import { findSamlProvider } from "../providers/saml/find.ts";
import { listTags } from "../tag-page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviderTags.html */
export const listSamlProviderTags = operation(ListSAMLProviderTagsCommand)({
  access: onSamlProvider("iam:ListSAMLProviderTags"),
  async run(input, { store }: Iam, call) {
    const { tags } = await findSamlProvider(store, call, input.SAMLProviderArn);
    return listTags(tags, input);
  },
});
