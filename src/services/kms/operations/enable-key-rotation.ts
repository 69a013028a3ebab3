import { EnableKeyRotationCommand } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { setRotation } from "../materials/set-rotation.ts";

const defaultPeriod = 365;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
export const enableKeyRotation = operation(EnableKeyRotationCommand)({
  find: (input, call, context: Kms) => findKey(context, call, input.KeyId, { operation: "EnableKeyRotation" }),
  access: (found, input, call) =>
    keyAccess(call, found, defined({ "kms:RotationPeriodInDays": input.RotationPeriodInDays?.toString() })),
  async run(found, input, context) {
    await setRotation(context, found, input.RotationPeriodInDays ?? defaultPeriod);
    return {};
  },
});
