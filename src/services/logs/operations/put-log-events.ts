import { PutLogEventsCommand, type PutLogEventsRequest } from "@aws-sdk/client-cloudwatch-logs";
import { defined } from "../../../defined.ts";
import type { Call } from "../../../model/call.ts";
import { operation } from "../../../model/operation.ts";
import type { Logs } from "../context.ts";
import { acceptEvents } from "../events/accept.ts";
import { eventId } from "../events/event-id.ts";
import { withMarks } from "../events/masking.ts";
import { writeEvents } from "../events/write.ts";
import { streamAccess } from "../groups/access.ts";
import { findStream, theStream } from "../groups/find.ts";
import { expiry } from "../groups/group.ts";
import { underKmsKey } from "../groups/kms-key.ts";

/**
 * Any sequence token is taken, as on AWS.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
export const putLogEvents = operation(PutLogEventsCommand)({
  find: (input, call, context: Logs) => findStream(context, call, input),
  access: (found, _input, call) => streamAccess(call, found),
  async run(found, input, context, call) {
    const { group, stream } = theStream(found);
    const now = call.time.getTime();
    const { events, rejected } = acceptEvents(withMarks(call, input.logEvents), now, expiry(group, now));
    const position = { timestamp: now, batch: call.requestId, index: 0 };
    const last = await underKmsKey({ ...call, account: group.account }, group.name, () =>
      writeEvents(context, group, stream, events, { time: call.time, identity: identityOf(call, input) }),
    );
    return {
      nextSequenceToken: eventId(last ?? position),
      ...defined({ rejectedLogEventsInfo: rejected }),
      // Nothing here relates events to entities; the events are kept all the same.
      ...(input.entity && { rejectedEntityInfo: { errorType: "InvalidEntity" as const } }),
    };
  },
});

/**
 * What a client repeats that got no answer. Docker's driver had an SDK without ids of calls up to version 24; it has a sequence token
 * from its second call on.
 */
function identityOf(call: Call, { sequenceToken }: Pick<PutLogEventsRequest, "sequenceToken">): string | undefined {
  return call.invocationId ?? sequenceToken ?? (call.userAgent.startsWith("Docker ") ? "Docker" : undefined);
}
