import { UntagSAMLProviderCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onSamlProvider } from "../providers/saml/access.ts";
import { findSamlProvider } from "../providers/saml/find.ts";
import { casedTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagSAMLProvider.html */
export const untagSamlProvider = operation(UntagSAMLProviderCommand)({
  access: onSamlProvider("iam:UntagSAMLProvider", ({ TagKeys: keys }) => ({ "aws:TagKeys": keys })),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const found = await findSamlProvider(store, call, input.SAMLProviderArn);
      await store.updateSamlProvider(found, { tags: casedTags.remove(found.tags, input.TagKeys) });
    });
    return {};
  },
});
