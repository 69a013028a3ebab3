import { ListTagsForResourceCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation-before.ts";
import type { Ssm } from "../context.ts";
import { taggedAccess, taggedParameter } from "../parameters/tagged-parameter.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation(ListTagsForResourceCommand)({
  access: (input, call, context: Ssm) => taggedAccess("ListTagsForResource", input, call, context),

  async run(_input, _context, call) {
    return { TagList: taggedParameter(call).tags.map(({ key, value }) => ({ Key: key, Value: value })) };
  },
});
