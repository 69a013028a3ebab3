import { EnableKeyRotationCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refuseDisabled, refusePendingDeletion } from "../cryptography/key-use.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { keyNotFound } from "../keys/find.ts";
import { refuseReplica, refuseWithoutAutomaticRotation } from "../materials/rotation-rules.ts";

const defaultPeriod = 365;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
export const enableKeyRotation = operation(EnableKeyRotationCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(context, call, "EnableKeyRotation", input.KeyId, toChange, {
      "kms:RotationPeriodInDays": String(input.RotationPeriodInDays ?? defaultPeriod),
    }),
  async run(input, context, call) {
    const found = await requestedKey(context, call, input.KeyId);
    const isThere = await context.keys.setRotation(found.key, input.RotationPeriodInDays ?? defaultPeriod, (key) => {
      const current = { ...found, key };
      refuseDisabled(current);
      refusePendingDeletion(current);
      refuseWithoutAutomaticRotation(current);
      refuseReplica(current);
    });
    if (!isThere) throw keyNotFound(found.arn);
    return {};
  },
});
