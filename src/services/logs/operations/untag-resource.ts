import { UntagResourceCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupTagsAccess } from "../groups/access.ts";

import { changeTags, findTagged, theTagged } from "../groups/tagged.ts";
import { withoutTags } from "../groups/tags.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_UntagResource.html */
export const untagResource = operation(UntagResourceCommand)({
  find: (input, call, context: Logs) => findTagged(context, call, input.resourceArn),
  access: (found, input, call) => groupTagsAccess(call, found, { "aws:TagKeys": input.tagKeys }),
  async run(found, input, context) {
    await changeTags(context, theTagged(found), (tags) => withoutTags(tags, input.tagKeys));
    return {};
  },
});
