import { TagPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicyToChange } from "../entities/access.ts";
import { findPolicy } from "../entities/find.ts";
import { casedTags, requestTagConditions } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html */
export const tagPolicy = operation(TagPolicyCommand)({
  access: onPolicyToChange("iam:TagPolicy", ({ Tags: tags }) => requestTagConditions(casedTags.read(tags))),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const found = await findPolicy(store, call, input.PolicyArn);
      await store.setPolicyTags(found.arn, casedTags.merge(found.tags, casedTags.read(input.Tags)));
    });
    return {};
  },
});
