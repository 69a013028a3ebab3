import { CancelKeyDeletionCommand, KMSInvalidStateException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { keyNotFound } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html */
export const cancelKeyDeletion = operation(CancelKeyDeletionCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "CancelKeyDeletion", input.KeyId, toChange),
  async run(input, context, call) {
    const { key, arn } = await requestedKey(context, call, input.KeyId);
    const isThere = await context.keys.cancelDeletion(key, ({ state }) => {
      if (state === "PendingDeletion" || state === "PendingReplicaDeletion") return;
      throw new ApiError(KMSInvalidStateException$, `${arn} is not pending deletion.`);
    });
    if (!isThere) throw keyNotFound(arn);
    return { KeyId: arn };
  },
});
