import { TagSAMLProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { onProvider } from "../providers/access.ts";
import { findSamlProvider, unchangedSamlProvider } from "../providers/saml/find.ts";
import { casedTags, requestTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagSAMLProvider.html */
export const tagSamlProvider = operation(TagSAMLProviderCommand)({
  find: async (input, call, context: Iam) => ({
    tags: casedTags.read(input.Tags),
    ...(await findSamlProvider(input, call, context)),
  }),
  access: (found, input, call) => onProvider(found, input, call, requestTags(found.tags)),
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const current = await unchangedSamlProvider(store, found);
      await store.providers.saml.update(current, { tags: casedTags.merge(current.tags, found.tags) });
    });
    return {};
  },
});
