import { TagInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation.ts";
import type { Iam } from "../context.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile, unchangedInstanceProfile } from "../entities/instance-profiles/find.ts";
import { casedTags, requestTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html */
export const tagInstanceProfile = operation(TagInstanceProfileCommand)({
  find: async (input, call, context: Iam) => ({
    tags: casedTags.read(input.Tags),
    ...(await findInstanceProfile(input, call, context)),
  }),
  access: (found, input, call) => onInstanceProfile(found, input, call, requestTags(found.tags)),
  async run(found, _input, { store }) {
    await store.transaction(async (store) => {
      const current = await unchangedInstanceProfile(store, found);
      await store.instanceProfiles.update(current.id, { tags: casedTags.merge(current.tags, found.tags) });
    });
    return {};
  },
});
