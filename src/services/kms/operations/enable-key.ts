import { EnableKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import { changeKey } from "../change-key.ts";
import type { Kms } from "../context.ts";
import { keyAccess, toChange } from "../key-access.ts";
import { refusePendingDeletion, refusePendingImport } from "../use-key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export const enableKey = operation(EnableKeyCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "EnableKey", input.KeyId, toChange),
  async run(input, context, call) {
    await changeKey(context, call, input.KeyId, (found) => {
      refusePendingDeletion(found);
      refusePendingImport(found);
      return { state: "Enabled" };
    });
    return {};
  },
});
