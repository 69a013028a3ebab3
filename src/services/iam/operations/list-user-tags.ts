import { ListUserTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findUser } from "../entities/find.ts";
import { listTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html */
export const listUserTags = operation(ListUserTagsCommand)({
  find: findUser,
  access: onEntity,
  async run(found, input) {
    return listTags(existing(found).tags, input);
  },
});
