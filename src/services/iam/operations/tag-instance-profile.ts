import { TagInstanceProfileCommand } from "@aws-sdk/client-iam";
import { operation } from "../../../model/operation-before.ts";
import type { Iam } from "../context.ts";
import { onInstanceProfile } from "../entities/instance-profiles/access.ts";
import { findInstanceProfile } from "../entities/instance-profiles/find.ts";
import { casedTags, requestTagConditions } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html */
export const tagInstanceProfile = operation(TagInstanceProfileCommand)({
  access: onInstanceProfile("iam:TagInstanceProfile", ({ Tags: tags }) => requestTagConditions(casedTags.read(tags))),
  async run(input, { store }: Iam, call) {
    await store.transaction(async (store) => {
      const found = await findInstanceProfile(store, call, input.InstanceProfileName);
      await store.updateInstanceProfile(found.id, { tags: casedTags.merge(found.tags, casedTags.read(input.Tags)) });
    });
    return {};
  },
});
