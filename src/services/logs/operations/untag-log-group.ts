import { UntagLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";
import { changeTags } from "../groups/tagged.ts";
import { withoutTags } from "../groups/tags.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagLogGroup.html */
export const untagLogGroup = operation(UntagLogGroupCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, input),
  access: (found, input, call) => groupAccess(call, found, { "aws:TagKeys": input.tags }),
  async run(found, input, context) {
    await changeTags(context, theGroup(found), (tags) => withoutTags(tags, input.tags));
    return {};
  },
});
