import { ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../../aws/api-error.ts";
import { operation } from "../../aws/operation.ts";
import { changeKey } from "./change-key.ts";
import type { Kms } from "./index.ts";
import { keyAccess, toChange } from "./key-access.ts";
import { refusePendingDeletion } from "./use-key.ts";

const defaultDays = 30;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export const scheduleKeyDeletion = operation(ScheduleKeyDeletionCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(context, call, "ScheduleKeyDeletion", input.KeyId, toChange, {
      "kms:ScheduleKeyDeletionPendingWindowInDays": String(input.PendingWindowInDays ?? defaultDays),
    }),
  async run(input, context, call) {
    const days = input.PendingWindowInDays ?? defaultDays;
    // The model allows up to 365.
    if (days < 7 || days > 30) {
      const message = `PendingWindowInDays should be between 7 and 30, but it is ${days}`;
      throw new ApiError({ code: "ValidationException", status: 400 }, message);
    }
    const deletionAt = new Date(call.time.getTime() + days * 24 * 60 * 60 * 1000);
    const { arn } = await changeKey(context, call, input.KeyId, (found) => {
      refusePendingDeletion(found);
      return { state: "PendingDeletion", deletionAt };
    });
    return { KeyId: arn, DeletionDate: deletionAt, KeyState: "PendingDeletion", PendingWindowInDays: days };
  },
});
