import { TagLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import { requestTagKeys } from "../../../model/tag-conditions.ts";
import type { Logs } from "../context.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";
import { changeTags } from "../groups/tagged.ts";
import { requestedTags, withTags } from "../groups/tags.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagLogGroup.html */
export const tagLogGroup = operation(TagLogGroupCommand)({
  async find(input, call, context: Logs) {
    const added = requestedTags(input.tags);
    return { ...(await findGroup(context, call, input)), added };
  },
  access: (found, _input, call) => groupAccess(call, found, requestTagKeys(found.added)),
  async run(found, _input, context) {
    await changeTags(context, theGroup(found), (tags) => withTags(tags, found.added));
    return {};
  },
});
