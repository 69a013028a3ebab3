import { TagPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { onPolicyToChange } from "../policies/access.ts";
import { findPolicy, unchangedPolicy } from "../policies/find.ts";
import { casedTags, requestTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html */
export const tagPolicy = operation(TagPolicyCommand)({
  find: async (input, call, context: Iam) => ({
    tags: casedTags.read(input.Tags),
    ...(await findPolicy(input, call, context)),
  }),
  access: (found, input, call) => onPolicyToChange(found, input, call, requestTags(found.tags)),
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const current = await unchangedPolicy(store, found);
      await store.policies.setTags(current.arn, casedTags.merge(current.tags, found.tags));
    });
    return {};
  },
});
