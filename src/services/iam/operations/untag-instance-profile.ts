import { UntagInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile, unchangedInstanceProfile } from "../entities/instance-profiles/find.ts";
import { casedTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html */
export const untagInstanceProfile = operation(UntagInstanceProfileCommand)({
  find: findInstanceProfile,
  access: (found, input, call) => onInstanceProfile(found, input, call, { "aws:TagKeys": input.TagKeys }),
  async run(found, input, { store }) {
    await store.transaction(async (store) => {
      const current = await unchangedInstanceProfile(store, found);
      await store.instanceProfiles.update(current.id, { tags: casedTags.remove(current.tags, input.TagKeys) });
    });
    return {};
  },
});
