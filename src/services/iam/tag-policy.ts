import { TagPolicyCommand } from "@aws-sdk/client-iam";
import { operation } from "../../aws/operation.ts";
import { onPolicyToChange } from "./access.ts";
import { findPolicy } from "./find.ts";
import type { Iam } from "./index.ts";
import { mergeTags, readTags, requestTagConditions } from "./tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html */
export const tagPolicy = operation(TagPolicyCommand)({
  access: onPolicyToChange("iam:TagPolicy", ({ Tags: tags }) => requestTagConditions(readTags(tags))),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const found = await findPolicy(store, call, input.PolicyArn);
      await store.setPolicyTags(found.arn, mergeTags(found.tags, readTags(input.Tags)));
    });
    return {};
  },
});
