import { CancelKeyDeletionCommand, KMSInvalidStateException$ } from "@aws-sdk/client-kms";
import { ApiError } from "../../aws/api-error.ts";
import { operation } from "../../aws/operation.ts";
import { changeKey } from "./change-key.ts";
import type { Kms } from "./index.ts";
import { keyAccess, toChange } from "./key-access.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html */
export const cancelKeyDeletion = operation(CancelKeyDeletionCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "CancelKeyDeletion", input.KeyId, toChange),
  async run(input, context, call) {
    const { arn } = await changeKey(context, call, input.KeyId, (found) => {
      if (found.key.state !== "PendingDeletion") {
        throw new ApiError(KMSInvalidStateException$, `${found.arn} is not pending deletion.`);
      }
      return { state: "Disabled" };
    });
    return { KeyId: arn };
  },
});
