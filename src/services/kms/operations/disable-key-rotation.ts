import { DisableKeyRotationCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { setRotation } from "../materials/set-rotation.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html */
export const disableKeyRotation = operation(DisableKeyRotationCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "DisableKeyRotation" }),
  access: (found, _input, call) => keyAccess(call, found),
  async run(found, _input, context) {
    await setRotation(context, found, undefined);
    return {};
  },
});
