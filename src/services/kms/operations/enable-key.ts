import { EnableKeyCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { changeKey } from "../keys/change.ts";
import { findKey } from "../keys/find.ts";
import { refusePendingDeletion, refusePendingImport } from "../keys/state.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export const enableKey = operation(EnableKeyCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "EnableKey" }),
  access: (found, _input, call) => keyAccess(call, found),
  async run(found, _input, context) {
    await changeKey(context, found, (current) => {
      refusePendingDeletion(current);
      refusePendingImport(current);
      return { state: "Enabled" };
    });
    return {};
  },
});
