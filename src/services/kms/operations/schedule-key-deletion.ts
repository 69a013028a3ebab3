import { ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import { validationException } from "../../../model/common-errors.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyNotFound } from "../errors.ts";
import { findKeyToStop, stopAccess } from "../keys/access.ts";
import { refusePendingDeletion } from "../keys/state.ts";

const defaultDays = 30;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export const scheduleKeyDeletion = operation(ScheduleKeyDeletionCommand)({
  find: (input, call, context: Kms) => findKeyToStop(context, call, input.KeyId, "ScheduleKeyDeletion"),
  access: (found, input, call) =>
    stopAccess(
      call,
      found,
      defined({ "kms:ScheduleKeyDeletionPendingWindowInDays": input.PendingWindowInDays?.toString() }),
    ),
  async run({ key, arn }, input, { store }) {
    const days = input.PendingWindowInDays ?? defaultDays;
    // The model allows up to 365.
    if (days < 7 || days > 30) {
      throw validationException(`PendingWindowInDays should be between 7 and 30, but it is ${days}`);
    }
    const changed = await store.deletions.schedule(key, days, (current) =>
      refusePendingDeletion({ key: current, arn }),
    );
    if (!changed) throw keyNotFound(arn);
    const { state, deletionAt } = changed;
    // The deletion date of a primary is not known before its last replica is gone.
    return { KeyId: arn, KeyState: state, PendingWindowInDays: days, ...defined({ DeletionDate: deletionAt }) };
  },
});
