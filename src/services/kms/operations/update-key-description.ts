import { UpdateKeyDescriptionCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";
import { findKey } from "../keys/find.ts";
import { refusePendingDeletion } from "../keys/state.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html */
export const updateKeyDescription = operation(UpdateKeyDescriptionCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "UpdateKeyDescription" }),
  access: (found, _input, call) => keyAccess(call, found),
  async run(found, input, context) {
    await changeKey(context, found, (current) => {
      refusePendingDeletion(current);
      return { description: input.Description };
    });
    return {};
  },
});
