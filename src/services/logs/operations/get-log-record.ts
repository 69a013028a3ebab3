import { GetLogRecordCommand } from "@aws-sdk/client-cloudwatch-logs";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { invalidParameter, resourceNotFound } from "../errors.ts";
import type { LogEvent } from "../events/block.ts";
import { comparePositions } from "../events/event-id.ts";
import { readEvents } from "../events/read.ts";
import { groupAccess, readAccess } from "../groups/access.ts";
import { findStream, theStream } from "../groups/find.ts";
import { expiry, groupArn } from "../groups/group.ts";
import { underKmsKey } from "../groups/kms-key.ts";
import { readPointer } from "../insights/pointer.ts";
import { recordOf } from "../insights/record.ts";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogRecord.html */
export const getLogRecord = operation(GetLogRecordCommand)({
  async find({ logRecordPointer }, call, context: Logs) {
    const pointer = readPointer(logRecordPointer);
    if (!pointer) throw invalidParameter("The specified logRecordPointer is invalid.");
    const logGroupIdentifier = groupArn({ ...call, account: pointer.account }, pointer.group);
    return { ...(await findStream(context, call, { logGroupIdentifier, logStreamName: pointer.stream })), pointer };
  },
  access: (found, input, call) => readAccess(groupAccess(call, found), input.unmask),
  async run(found, _input, { store }, call) {
    const { group, stream } = theStream(found);
    const { position } = found.pointer;
    let event: LogEvent | undefined;
    await underKmsKey({ ...call, account: group.account }, group.name, () =>
      readEvents(store, group, {
        range: {
          ...{ groupId: group.id, streamIds: [stream.id], to: position.timestamp },
          from: Math.max(position.timestamp, expiry(group, call.time.getTime())),
        },
        ...{ newestFirst: false, after: undefined },
        take(one) {
          const order = comparePositions(one, position);
          if (order === 0) event = one;
          return order < 0;
        },
      }),
    );
    if (!event) throw resourceNotFound("The specified log record does not exist.");
    return { logRecord: recordOf(event, `${group.account}:${group.name}`, stream.name) };
  },
});
