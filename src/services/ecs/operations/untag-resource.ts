import { UntagResourceCommand } from "@aws-sdk/client-ecs";
import { operation } from "../../../model/operation.ts";
import { resourceTags } from "../access.ts";
import type { Ecs } from "../context.ts";
import { changeTags } from "../tags/change-tags.ts";
import { findTags } from "../tags/find.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(UntagResourceCommand)({
  find: (input, call, context: Ecs) => findTags(context, call, input.resourceArn),
  access: ({ tags }, input) => ({
    resource: input.resourceArn,
    conditions: { "aws:TagKeys": input.tagKeys, ...resourceTags(tags) },
  }),
  async run(found, input, context, call) {
    await changeTags(context, call, found, (tags) => tags.filter(({ key }) => !input.tagKeys.includes(key ?? "")));
    return {};
  },
});
