import { ListTagsForResourceCommand } from "@aws-sdk/client-ssm";
import { operation } from "../../../model/operation.ts";
import type { Ssm } from "../context.ts";
import { parameterAccess } from "../parameters/access.ts";
import { findParameter } from "../parameters/find.ts";
import { taggedParameter, taggedReference } from "../parameters/tagged.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation(ListTagsForResourceCommand)({
  find: (input, call, context: Ssm) => findParameter(context, call, taggedReference(call, input)),
  access: (found) => parameterAccess(found),
  async run(found) {
    return { TagList: taggedParameter(found).tags.map(({ key, value }) => ({ Key: key, Value: value })) };
  },
});
