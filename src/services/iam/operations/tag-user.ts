import { TagUserCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { onEntity } from "../entities/access.ts";
import { findUser, unchanged } from "../entities/find.ts";
import { entityTags, requestTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html */
export const tagUser = operation(TagUserCommand)({
  find: async (input, call, context: Iam) => ({
    tags: entityTags.read(input.Tags),
    ...(await findUser(input, call, context)),
  }),
  access: (found, input, call) => onEntity(found, input, call, requestTags(found.tags)),
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const user = await unchanged(store, found);
      await store.users.update(user.id, { tags: entityTags.merge(user.tags, found.tags) });
    });
    return {};
  },
});
