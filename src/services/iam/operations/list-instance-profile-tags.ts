import { ListInstanceProfileTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile } from "../entities/instance-profiles/find.ts";
import { listTags } from "../tag-page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html */
export const listInstanceProfileTags = operation(ListInstanceProfileTagsCommand)({
  access: onInstanceProfile("iam:ListInstanceProfileTags"),
  async run(input, { store }: Iam, call) {
    const { tags } = await findInstanceProfile(store, call, input.InstanceProfileName);
    return listTags(tags, input);
  },
});
