import { ListPolicyTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onPolicy } from "../entities/access.ts";
import { findPolicy } from "../entities/find.ts";
import { listTags } from "../tag-page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html */
export const listPolicyTags = operation(ListPolicyTagsCommand)({
  access: onPolicy("iam:ListPolicyTags"),
  async run(input, { store }: Iam, call) {
    const { tags } = await findPolicy(store, call, input.PolicyArn);
    return listTags(tags, input);
  },
});
