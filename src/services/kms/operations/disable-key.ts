import { DisableKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { findKeyToStop, stopAccess } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";
import { refusePendingDeletion, refusePendingImport } from "../keys/state.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export const disableKey = operation(DisableKeyCommand)({
  find: (input, call, context: Kms) => findKeyToStop(context, call, input.KeyId, "DisableKey"),
  access: (found, _input, call) => stopAccess(call, found),
  async run(found, _input, context) {
    await changeKey(context, found, (current) => {
      refusePendingDeletion(current);
      refusePendingImport(current);
      return { state: "Disabled" };
    });
    return {};
  },
});
