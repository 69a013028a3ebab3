import { ListPolicyTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onPolicy } from "../policies/access.ts";
import { existingPolicy, findPolicy } from "../policies/find.ts";
import { listTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html */
export const listPolicyTags = operation(ListPolicyTagsCommand)({
  find: findPolicy,
  access: onPolicy,
  async run(found, input) {
    return listTags(existingPolicy(found).tags, input);
  },
});
