import { UntagPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPolicyToChange } from "../policies/access.ts";
import { findPolicy, unchangedPolicy } from "../policies/find.ts";
import { casedTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html */
export const untagPolicy = operation(UntagPolicyCommand)({
  find: findPolicy,
  access: (found, input, call) => onPolicyToChange(found, input, call, { "aws:TagKeys": input.TagKeys }),
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const current = await unchangedPolicy(store, found);
      await store.policies.setTags(current.arn, casedTags.remove(current.tags, input.TagKeys));
    });
    return {};
  },
});
