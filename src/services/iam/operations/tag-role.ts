import { TagRoleCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onRole } from "../entities/access.ts";
import { findRole } from "../entities/find.ts";
import { mergeTags, readTags, requestTagConditions } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
export const tagRole = operation(TagRoleCommand)({
  access: onRole("iam:TagRole", ({ Tags: tags }) => requestTagConditions(readTags(tags))),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const role = await findRole(store, call, input.RoleName);
      await store.updateEntity(role.id, { tags: mergeTags(role.tags, readTags(input.Tags)) });
    });
    return {};
  },
});
