import { ListUserTagsCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { listTags } from "../tag-page.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html */
export const listUserTags = operation(ListUserTagsCommand)({
  access: onUser("iam:ListUserTags"),
  async run(input, { store }: Iam, call) {
    const { tags } = await findUser(store, call, input.UserName);
    return listTags(tags, input);
  },
});
