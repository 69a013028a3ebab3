import { UpdateKeyDescriptionCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { refusePendingDeletion } from "../cryptography/key-use.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html */
export const updateKeyDescription = operation(UpdateKeyDescriptionCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "UpdateKeyDescription", input.KeyId, toChange),
  async run(input, context, call) {
    await changeKey(context, call, input.KeyId, (found) => {
      refusePendingDeletion(found);
      return { description: input.Description };
    });
    return {};
  },
});
