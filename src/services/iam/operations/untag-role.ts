import { UntagRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findRole } from "../entities/find.ts";
import { removeTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html */
export const untagRole = operation(UntagRoleCommand)({
  access: onRole("iam:UntagRole", ({ TagKeys: keys }) => ({ "aws:TagKeys": keys })),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const role = await findRole(store, call, input.RoleName);
      await store.updateEntity(role.id, { tags: removeTags(role.tags, input.TagKeys) });
    });
    return {};
  },
});
