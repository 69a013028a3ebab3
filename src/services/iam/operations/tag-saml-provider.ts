import { TagSAMLProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onSamlProvider } from "../providers/saml/access.ts";
import { findSamlProvider } from "../providers/saml/find.ts";
import { casedTags, requestTagConditions } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagSAMLProvider.html */
export const tagSamlProvider = operation(TagSAMLProviderCommand)({
  access: onSamlProvider("iam:TagSAMLProvider", ({ Tags: tags }) => requestTagConditions(casedTags.read(tags))),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const found = await findSamlProvider(store, call, input.SAMLProviderArn);
      await store.updateSamlProvider(found, { tags: casedTags.merge(found.tags, casedTags.read(input.Tags)) });
    });
    return {};
  },
});
