import { ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refusePendingDeletion } from "../cryptography/key-use.ts";
import { outOfUseAccess } from "../keys/access.ts";
import { keyNotFound } from "../keys/find.ts";

const defaultDays = 30;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export const scheduleKeyDeletion = operation(ScheduleKeyDeletionCommand)({
  access: (input, call, context: Kms) =>
    outOfUseAccess(context, call, "ScheduleKeyDeletion", input.KeyId, {
      "kms:ScheduleKeyDeletionPendingWindowInDays": String(input.PendingWindowInDays ?? defaultDays),
    }),
  async run(input, context, call) {
    const days = input.PendingWindowInDays ?? defaultDays;
    // The model allows up to 365.
    if (days < 7 || days > 30) {
      const message = `PendingWindowInDays should be between 7 and 30, but it is ${days}`;
      throw new ApiError({ code: "ValidationException", status: 400 }, message);
    }
    const found = await requestedKey(context, call, input.KeyId);
    const { arn } = found;
    const key = await context.keys.scheduleDeletion(found.key, days, (key) => refusePendingDeletion({ key, arn }));
    if (!key) throw keyNotFound(arn);
    // When a primary is deleted is not known before its last replica is.
    const date = key.deletionAt && { DeletionDate: key.deletionAt };
    return { KeyId: arn, ...date, KeyState: key.state, PendingWindowInDays: days };
  },
});
