import { DisableKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { refusePendingDeletion, refusePendingImport } from "../cryptography/key-use.ts";
import { outOfUseAccess } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";

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
