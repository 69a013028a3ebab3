import { GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { keyAccess, toRead } from "../keys/access.ts";
import { refuseWithoutAutomaticRotation } from "../materials/rotation-rules.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus = operation(GetKeyRotationStatusCommand)({
  access: (input, call, context: Kms) =>
    keyAccess(context, call, "GetKeyRotationStatus", input.KeyId, { ...toRead, otherAccounts: true }),
  async run(input, context, call) {
    const found = await requestedKey(context, call, input.KeyId);
    refuseWithoutAutomaticRotation(found);
    const { id, state, rotationPeriod, rotatesAt } = found.key;
    const isPending = state === "PendingDeletion" || state === "PendingReplicaDeletion";
    if (rotationPeriod === undefined || isPending) return { KeyId: id, KeyRotationEnabled: false };
    return { KeyId: id, KeyRotationEnabled: true, RotationPeriodInDays: rotationPeriod, NextRotationDate: rotatesAt };
  },
});
