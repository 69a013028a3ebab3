import { UntagRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onTagKeys } from "../entities/access.ts";
import { findRole, unchanged } from "../entities/find.ts";
import { entityTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html */
export const untagRole = operation(UntagRoleCommand)({
  find: findRole,
  access: onTagKeys,
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const role = await unchanged(store, found);
      await store.roles.update(role.id, { tags: entityTags.remove(role.tags, input.TagKeys) });
    });
    return {};
  },
});
