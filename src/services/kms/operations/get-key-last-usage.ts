import { GetKeyLastUsageCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html */
export const getKeyLastUsage = operation(GetKeyLastUsageCommand)({
  find: (input, call, context: Kms) =>
    findKey(context, call, input.KeyId, { operation: "GetKeyLastUsage", managed: true }),
  access: (found, _input, call) => keyAccess(call, found),
  async run({ key }, _input, { store }) {
    const { trackedSince, last } = await store.usages.find(key);
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
