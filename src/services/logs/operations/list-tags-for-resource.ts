import { ListTagsForResourceCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupTagsAccess } from "../groups/access.ts";
import { findTagged, theTagged } from "../groups/tagged.ts";
import { shownTags } from "../groups/tags.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = operation(ListTagsForResourceCommand)({
  find: (input, call, context: Logs) => findTagged(context, call, input.resourceArn),
  access: (found, _input, call) => groupTagsAccess(call, found),
  run: async (found) => ({ tags: shownTags(theTagged(found).tags) }),
});
