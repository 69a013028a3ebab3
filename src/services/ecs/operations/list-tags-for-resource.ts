import { ListTagsForResourceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation-before.ts";
import { resourceTags } from "../access.ts";
import type { Ecs } from "../context.ts";
import { checkTaggable } from "../tags/taggable.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation(ListTagsForResourceCommand)({
  access: async (input, _call, context: Ecs) => ({
    action: "ecs:ListTagsForResource",
    resource: input.resourceArn,
    conditions: await resourceTags(context, input.resourceArn),
  }),
  async run(input, { store }: Ecs, call) {
    await checkTaggable(store, call, input.resourceArn);
    return { tags: [...(await store.tags.get(input.resourceArn))] };
  },
});
