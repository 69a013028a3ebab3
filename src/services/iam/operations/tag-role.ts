import { TagRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { onEntity } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { entityTags, requestTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
export const tagRole = operation(TagRoleCommand)({
  find: async (input, call, context: Iam) => ({
    tags: entityTags.read(input.Tags),
    ...(await findRole(input, call, context)),
  }),
  access: (found, input, call) => onEntity(found, input, call, requestTags(found.tags)),
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const role = await unchanged(store, found);
      await store.roles.update(role.id, { tags: entityTags.merge(role.tags, found.tags) });
    });
    return {};
  },
});
