import { UntagInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile } from "../entities/instance-profiles/find.ts";
import { casedTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html */
export const untagInstanceProfile = operation(UntagInstanceProfileCommand)({
  access: onInstanceProfile("iam:UntagInstanceProfile", ({ TagKeys: keys }) => ({ "aws:TagKeys": keys })),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const found = await findInstanceProfile(store, call, input.InstanceProfileName);
      await store.updateInstanceProfile(found.id, { tags: casedTags.remove(found.tags, input.TagKeys) });
    });
    return {};
  },
});
