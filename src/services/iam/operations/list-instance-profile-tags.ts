import { ListInstanceProfileTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { existingInstanceProfile, findInstanceProfile } from "../entities/instance-profiles/find.ts";
import { listTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html */
export const listInstanceProfileTags = operation(ListInstanceProfileTagsCommand)({
  find: findInstanceProfile,
  access: onInstanceProfile,
  async run(found, input) {
    return listTags(existingInstanceProfile(found).tags, input);
  },
});
