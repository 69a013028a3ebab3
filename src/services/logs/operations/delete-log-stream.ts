import { DeleteLogStreamCommand, ValidationException$ } from "@aws-sdk/client-cloudwatch-logs";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { streamNotFound } from "../errors.ts";
import { streamAccess } from "../groups/access.ts";
import { findStream, theStream } from "../groups/find.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html */
export const deleteLogStream = operation(DeleteLogStreamCommand)({
  find: (input, call, context: Logs) => findStream(context, call, input),
  access: (found, _input, call) => streamAccess(call, found),
  async run(found, _input, { store }) {
    const { group, stream } = theStream(found);
    if (group.isProtected) {
      throw new ApiError(
        ValidationException$,
        "The log group has deletion protection; turn it off before you delete it",
      );
    }
    if (!(await store.streams.remove(stream.id))) throw streamNotFound();
    return {};
  },
});
