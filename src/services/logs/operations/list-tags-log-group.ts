import { ListTagsLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";
import { shownTags } from "../groups/tags.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListTagsLogGroup.html */
export const listTagsLogGroup = operation(ListTagsLogGroupCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, input),
  access: (found, _input, call) => groupAccess(call, found),
  run: async (found) => ({ tags: shownTags(theGroup(found).tags) }),
});
