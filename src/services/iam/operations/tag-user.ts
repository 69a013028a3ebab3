import { TagUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onUser } from "../entities/access.ts";
import { findUser } from "../entities/find.ts";
import { mergeTags, readTags, requestTagConditions } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html */
export const tagUser = operation(TagUserCommand)({
  access: onUser("iam:TagUser", ({ Tags: tags }) => requestTagConditions(readTags(tags))),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const user = await findUser(store, call, input.UserName);
      await store.updateEntity(user.id, { tags: mergeTags(user.tags, readTags(input.Tags)) });
    });
    return {};
  },
});
