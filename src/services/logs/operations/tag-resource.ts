import { TagResourceCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import { requestTagKeys } from "../../../model/tag-conditions.ts";
import type { Logs } from "../context.ts";
import { groupTagsAccess } from "../groups/access.ts";

import { changeTags, findTagged, theTagged } from "../groups/tagged.ts";
import { requestedTags, withTags } from "../groups/tags.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html */
export const tagResource = operation(TagResourceCommand)({
  async find(input, call, context: Logs) {
    const added = requestedTags(input.tags);
    return { ...(await findTagged(context, call, input.resourceArn)), added };
  },
  access: (found, _input, call) => groupTagsAccess(call, found, requestTagKeys(found.added)),
  async run(found, _input, context) {
    await changeTags(context, theTagged(found), (tags) => withTags(tags, found.added));
    return {};
  },
});
