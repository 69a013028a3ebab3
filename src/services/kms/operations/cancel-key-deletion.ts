import { CancelKeyDeletionCommand, KMSInvalidStateException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../../model/api-error.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyNotFound } from "../errors.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html */
export const cancelKeyDeletion = operation(CancelKeyDeletionCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "CancelKeyDeletion" }),
  access: (found, _input, call) => keyAccess(call, found),
  async run({ key, arn }, _input, { store }) {
    const isThere = await store.deletions.cancel(key, ({ state }) => {
      if (state === "PendingDeletion" || state === "PendingReplicaDeletion") return;
      throw new ApiError(KMSInvalidStateException$, `${arn} is not pending deletion.`);
    });
    if (!isThere) throw keyNotFound(arn);
    return { KeyId: arn };
  },
});
