import { ListRoleTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onEntity } from "../entities/access.ts";
import { existing, findRole } from "../entities/find.ts";
import { listTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html */
export const listRoleTags = operation(ListRoleTagsCommand)({
  find: findRole,
  access: onEntity,
  async run(found, input) {
    return listTags(existing(found).tags, input);
  },
});
