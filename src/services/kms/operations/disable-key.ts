import { DisableKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import { changeKey } from "../change-key.ts";
import type { Kms } from "../context.ts";
import { outOfUseAccess } from "../key-access.ts";
import { refusePendingDeletion, refusePendingImport } from "../use-key.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export const disableKey = operation(DisableKeyCommand)({
  access: (input, call, context: Kms) => outOfUseAccess(context, call, "DisableKey", input.KeyId),
  async run(input, context, call) {
    await changeKey(context, call, input.KeyId, (found) => {
      refusePendingDeletion(found);
      refusePendingImport(found);
      return { state: "Disabled" };
    });
    return {};
  },
});
