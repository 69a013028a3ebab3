import { ListTagsForResourceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { resourceTags } from "../access.ts";
import type { Ecs } from "../context.ts";
import { findTags } from "../tags/find.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation(ListTagsForResourceCommand)({
  find: (input, call, context: Ecs) => findTags(context, call, input.resourceArn),
  access: ({ tags }, input) => ({ resource: input.resourceArn, conditions: resourceTags(tags) }),
  async run({ tags, refusal }) {
    if (refusal) throw refusal;
    return { tags: [...tags] };
  },
});
