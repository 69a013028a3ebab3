import { TagResourceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { requestTags, resourceTags } from "../access.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { checkTaggable } from "../tags/taggable.ts";
import { taskTags } from "../tasks/request.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html */
export const tagResource = operation(TagResourceCommand)({
  access: async (input, _call, context: Ecs) => ({
    action: "ecs:TagResource",
    resource: input.resourceArn,
    conditions: { ...requestTags(input.tags), ...(await resourceTags(context, input.resourceArn)) },
  }),
  async run(input, { store }: Ecs, call) {
    if (input.tags.some(({ key }) => /^aws:/i.test(key ?? ""))) {
      throw invalidParameter("Tag keys that start with 'aws:' are reserved.");
    }
    await store.transaction(async (records) => {
      await checkTaggable(records, call, input.resourceArn);
      const tags = taskTags(input.tags, await records.tags.get(input.resourceArn), {});
      if (tags.length > 50) throw invalidParameter("Tags can have a maximum of 50 items.");
      await records.tags.put(input.resourceArn, tags);
    });
    return {};
  },
});
