import { EnableKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { refusePendingDeletion, refusePendingImport } from "../cryptography/key-use.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";

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
