import { UntagResourceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { resourceTags } from "../access.ts";
import type { Ecs } from "../context.ts";
import { checkTaggable } from "../tags/taggable.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(UntagResourceCommand)({
  access: async (input, _call, context: Ecs) => ({
    action: "ecs:UntagResource",
    resource: input.resourceArn,
    conditions: { "aws:TagKeys": input.tagKeys, ...(await resourceTags(context, input.resourceArn)) },
  }),
  async run(input, { store }: Ecs, call) {
    await store.transaction(async (records) => {
      await checkTaggable(records, call, input.resourceArn);
      const tags = await records.tags.get(input.resourceArn);
      await records.tags.put(
        input.resourceArn,
        tags.filter(({ key }) => !input.tagKeys.includes(key ?? "")),
      );
    });
    return {};
  },
});
