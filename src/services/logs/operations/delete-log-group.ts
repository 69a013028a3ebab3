import { DeleteLogGroupCommand, ValidationException$ } from "@aws-sdk/client-cloudwatch-logs";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { groupNotFound } from "../errors.ts";
import { groupAccess } from "../groups/access.ts";
import { findGroup, theGroup } from "../groups/find.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html */
export const deleteLogGroup = operation(DeleteLogGroupCommand)({
  find: (input, call, context: Logs) => findGroup(context, call, input),
  access: (found, _input, call) => groupAccess(call, found),
  async run(found, _input, { store }) {
    const outcome = await store.groups.remove(theGroup(found).id);
    if (outcome === "gone") throw groupNotFound();
    if (outcome === "protected") {
      throw new ApiError(
        ValidationException$,
        "The log group has deletion protection; turn it off before you delete it",
      );
    }
    return {};
  },
});
