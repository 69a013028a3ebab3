import { TagResourceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { requestTags, resourceTags } from "../access.ts";
import type { Ecs } from "../context.ts";
import { invalidParameter } from "../errors.ts";
import { changeTags } from "../tags/change-tags.ts";
import { findTags } from "../tags/find.ts";
import { mergeTags, mostTags, reservedTag } from "../tags/tags.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html */
export const tagResource = operation(TagResourceCommand)({
  find: (input, call, context: Ecs) => findTags(context, call, input.resourceArn),
  access: ({ tags }, input) => ({
    resource: input.resourceArn,
    conditions: { ...requestTags(input.tags), ...resourceTags(tags) },
  }),
  async run(found, input, context, call) {
    if (input.tags.some(({ key }) => /^aws:/i.test(key ?? ""))) throw reservedTag();
    await changeTags(context, call, found, (current) => {
      const tags = mergeTags(current, input.tags);
      if (tags.length > mostTags) throw invalidParameter(`Tags can have a maximum of ${mostTags} items.`);
      return tags;
    });
    return {};
  },
});
