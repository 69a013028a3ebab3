import { DisableKeyRotationCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { requestedKey } from "../cryptography/find.ts";
import { refuseDisabled, refusePendingDeletion } from "../cryptography/key-use.ts";
import { keyAccess, toChange } from "../keys/access.ts";
import { keyNotFound } from "../keys/find.ts";
import { refuseReplica, refuseWithoutAutomaticRotation } from "../materials/rotation-rules.ts";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html */
export const disableKeyRotation = operation(DisableKeyRotationCommand)({
  access: (input, call, context: Kms) => keyAccess(context, call, "DisableKeyRotation", input.KeyId, toChange),
  async run(input, context, call) {
    const found = await requestedKey(context, call, input.KeyId);
    const isThere = await context.keys.setRotation(found.key, undefined, (key) => {
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
