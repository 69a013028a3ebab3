import { GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import { defined } from "../../../defined.ts";
import { operation } from "../../../model/operation.ts";
import type { Kms } from "../context.ts";
import { keyAccess } from "../keys/access.ts";
import { findKey } from "../keys/find.ts";

/** Of keys that cannot be rotated it is `false`. https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus = operation(GetKeyRotationStatusCommand)({
  find: (input, call, context: Kms) =>
    findKey(context, call, input.KeyId, { operation: "GetKeyRotationStatus", managed: true, otherAccounts: true }),
  access: (found, _input, call) => keyAccess(call, found),
  async run({ key, arn }) {
    const { state, rotationPeriod, rotatesAt } = key;
    const isPending = state === "PendingDeletion" || state === "PendingReplicaDeletion";
    if (rotationPeriod === undefined || isPending) return { KeyId: arn, KeyRotationEnabled: false };
    return {
      KeyId: arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotationPeriod,
      ...defined({ NextRotationDate: rotatesAt }),
    };
  },
});
