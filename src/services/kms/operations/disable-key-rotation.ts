import { DisableKeyRotationCommand } from "@aws-sdk/client-kms";
import { operation } from "../../../model/operation-before.ts";
import type { Kms } from "../context.ts";
import { keyNotFound } from "../find-key.ts";
import { keyAccess, toChange } from "../key-access.ts";
import { requestedKey } from "../requested-key.ts";
import { refuseReplica, refuseWithoutAutomaticRotation } from "../rotation-rules.ts";
import { refuseDisabled, refusePendingDeletion } from "../use-key.ts";

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
