import { GetKeyLastUsageCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyAccess, toRead } from "../keys/access.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html */
export const getKeyLastUsage = operation(GetKeyLastUsageCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "GetKeyLastUsage", input.KeyId, toRead),
  async run(input, context, call) {
    const { key } = await requestedKey(context, call, input.KeyId);
    const { trackedSince, last } = await context.keys.usageOf(key);
    const usage = last && {
      Operation: last.operation,
      Timestamp: last.usedAt,
      KmsRequestId: last.requestId,
      CloudTrailEventId: last.eventId,
    };
    return {
      KeyId: key.id,
      KeyLastUsage: usage ?? {},
      TrackingStartDate: trackedSince,
      KeyCreationDate: key.createdAt,
    };
  },
});
