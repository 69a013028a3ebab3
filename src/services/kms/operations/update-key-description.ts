import { UpdateKeyDescriptionCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import { changeKey } from "../change-key.ts";
import type { Kms } from "../context.ts";
import { keyAccess, toChange } from "../key-access.ts";
import { refusePendingDeletion } from "../use-key.ts";

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
