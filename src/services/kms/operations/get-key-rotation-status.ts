import { GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";
import { refuseWithoutAutomaticRotation } from "../materials/rotation-rules.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus = operation(GetKeyRotationStatusCommand)({
  find: (input, call, context: Kms) =>
    findKey(context, call, input.KeyId, { operation: "GetKeyRotationStatus", managed: true, otherAccounts: true }),
  access: (found, _input, call) => keyAccess(call, found),
  async run(found) {
    refuseWithoutAutomaticRotation(found);
    const { id, state, rotationPeriod, rotatesAt } = found.key;
    const isPending = state === "PendingDeletion" || state === "PendingReplicaDeletion";
    if (rotationPeriod === undefined || isPending) return { KeyId: id, KeyRotationEnabled: false };
    return {
      KeyId: id,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotationPeriod,
      ...defined({ NextRotationDate: rotatesAt }),
    };
  },
});
