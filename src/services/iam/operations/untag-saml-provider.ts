import { UntagSAMLProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onProvider } from "../providers/access.ts";
import { findSamlProvider, unchangedSamlProvider } from "../providers/saml/find.ts";
import { casedTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagSAMLProvider.html */
export const untagSamlProvider = operation(UntagSAMLProviderCommand)({
  find: findSamlProvider,
  access: (found, input, call) => onProvider(found, input, call, { "aws:TagKeys": input.TagKeys }),
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const current = await unchangedSamlProvider(store, found);
      await store.providers.saml.update(current, { tags: casedTags.remove(current.tags, input.TagKeys) });
    });
    return {};
  },
});
