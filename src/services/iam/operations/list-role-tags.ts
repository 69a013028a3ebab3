import { ListRoleTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findRole } from "../entities/find.ts";
import { listTags } from "../tag-page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html */
export const listRoleTags = operation(ListRoleTagsCommand)({
  access: onRole("iam:ListRoleTags"),
  async run(input, { store }: Iam, call) {
    const { tags } = await findRole(store, call, input.RoleName);
    return listTags(tags, input);
  },
});
