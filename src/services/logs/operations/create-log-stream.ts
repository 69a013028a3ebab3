import { CreateLogStreamCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { alreadyExists, groupNotFound } from "../errors.ts";
import { streamAccess } from "../groups/access.ts";
import { findStream, theGroup } from "../groups/find.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
export const createLogStream = operation(CreateLogStreamCommand)({
  find: (input, call, context: Logs) => findStream(context, call, input),
  access: (found, _input, call) => streamAccess(call, found),
  async run(found, { logStreamName: name }, { store, ids }, call) {
    const { id: groupId } = theGroup(found);
    if (found.stream) throw alreadyExists("stream");
    const isNew = await store.streams.insert({ id: ids.uuid(), groupId, name, createdAt: call.time.getTime() });
    if (isNew) return {};
    throw (await store.streams.find(groupId, name)) ? alreadyExists("stream") : groupNotFound();
  },
});
