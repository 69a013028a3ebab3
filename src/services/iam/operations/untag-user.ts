import { UntagUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { removeTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html */
export const untagUser = operation(UntagUserCommand)({
  access: onUser("iam:UntagUser", ({ TagKeys: keys }) => ({ "aws:TagKeys": keys })),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const user = await findUser(store, call, input.UserName);
      await store.updateEntity(user.id, { tags: removeTags(user.tags, input.TagKeys) });
    });
    return {};
  },
});
