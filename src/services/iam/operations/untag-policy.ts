import { UntagPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicyToChange } from "../entities/access.ts";
import { findPolicy } from "../entities/find.ts";
import { casedTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html */
export const untagPolicy = operation(UntagPolicyCommand)({
  access: onPolicyToChange("iam:UntagPolicy", ({ TagKeys: keys }) => ({ "aws:TagKeys": keys })),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const found = await findPolicy(store, call, input.PolicyArn);
      await store.setPolicyTags(found.arn, casedTags.remove(found.tags, input.TagKeys));
    });
    return {};
  },
});
