import { UntagUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onTagKeys } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";
import { entityTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html */
export const untagUser = operation(UntagUserCommand)({
  find: findUser,
  access: onTagKeys,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      await store.users.update(user.id, { tags: entityTags.remove(user.tags, input.TagKeys) });
    });
    return {};
  },
});
